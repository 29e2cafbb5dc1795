import type { Architecture } from '../model/architecture.ts';
import type { Answer } from './answer/answer.ts';
import { architectureChanges, type ArchitectureChange } from './architectureChange.ts';
import { CLAIMS, type Claim } from './claims.ts';

/** Verbs that make a sentence of the reasoning a claim about this change. */
const DOES =
  /\b(add|insert|introduc|appl|append|us|enabl|replac|swap|switch|rais|lower|increas|reduc|set|chang|widen|narrow|remov)\w*\b[^.;,]{0,40}$/i;

const NOT_DONE =
  /\b(without|instead of|rather than|no|not|never|avoid\w*|before|later|could|would|already|prefer\w*)\b[^.;]{0,30}$/i;

/**
 * Compares what an answer says with what its edits do, both ways: something claimed that the change
 * has not, and something the change does that nobody mentioned. A sentence each, for people and for
 * the record; empty where words and change agree.
 */
export function inconsistencies(
  answer: Pick<Answer, 'title' | 'reasoning' | 'operations' | 'edits'>,
  before: Architecture,
  after: Architecture,
): readonly string[] {
  if (after.unfollowed !== undefined || after.style === 'opaque') return [];
  const changes = architectureChanges(before, after);
  return [...unkeptClaims(answer, changes), ...untold(answer, changes)];
}

function unkeptClaims(
  answer: Pick<Answer, 'title' | 'reasoning' | 'operations'>,
  changes: readonly ArchitectureChange[],
): readonly string[] {
  const headline = [answer.title, ...answer.operations].join('. ');
  const done = new Set(changes.map(({ topic }) => topic));
  return CLAIMS.filter((claim) => isClaimed(claim, headline, answer.reasoning))
    .filter(({ topics }) => !topics.some((topic) => done.has(topic)))
    .map(
      ({ name }) => `The text claims ${name}; the change has none of it (it ${listed(changes)}).`,
    );
}

/**
 * In the title and the operations a word is enough; in the reasoning it must be said to be done.
 */
function isClaimed({ words, topics, name }: Claim, headline: string, reasoning: string): boolean {
  const inHeadline = words.exec(headline);
  if (inHeadline && !NOT_DONE.test(headline.slice(0, inHeadline.index))) return true;
  const generic = ['the width', 'the depth', 'the activation', 'the loss'].includes(name);
  if (generic) return false;
  const match = words.exec(reasoning);
  if (!match) return false;
  const lead = reasoning.slice(0, match.index);
  return (
    DOES.test(lead) &&
    !NOT_DONE.test(lead) &&
    (topics.length === 0 ||
      !/\b(after|before|below|above|behind|to|of|in|the)\s+(\w+\s+)?$/i.test(lead))
  );
}

function untold(
  answer: Pick<Answer, 'title' | 'reasoning' | 'operations' | 'edits'>,
  changes: readonly ArchitectureChange[],
): readonly string[] {
  const words = [
    answer.title,
    answer.reasoning,
    ...answer.operations,
    ...answer.edits.map(({ why }) => why ?? ''),
  ].join('. ');
  const isTold = ({ topic, text }: ArchitectureChange): boolean =>
    topic === 'other' ||
    CLAIMS.some((claim) => claim.topics.includes(topic) && claim.words.test(words)) ||
    words.includes(text.split(' ')[1] ?? text);
  return [...new Set(changes.filter((change) => !isTold(change)).map(({ text }) => text))].map(
    (text) => `The change ${verb(text)}, which the text does not mention.`,
  );
}

const verb = (text: string): string => (/^(adds|removes) /.test(text) ? text : `sets ${text}`);

const listed = (changes: readonly ArchitectureChange[]): string =>
  changes.length === 0
    ? 'changes no layer and no setting'
    : changes
        .slice(0, 4)
        .map(({ text }) => verb(text))
        .join(', ');
