import type { Architecture } from '../model/architecture.ts';
import type { Answer } from './answer/answer.ts';
import {
  architectureChanges,
  type ArchitectureChange,
  type ChangeTopic,
} from './architectureChange.ts';

/** A subject a text can claim; `topics` empty: something no edit of a builder can do here. */
interface Claim {
  readonly name: string;
  readonly words: RegExp;
  readonly topics: readonly ChangeTopic[];
}

const CLAIMS: readonly Claim[] = [
  { name: 'early stopping', words: /\bearly[- ]?stop\w*/i, topics: [] },
  { name: 'data augmentation', words: /\b(data[- ]?)?augment(ation|ing|s)?\b/i, topics: [] },
  {
    name: 'a learning-rate schedule',
    words: /\b(learning[- ]?rate|lr|cosine|step)[- ]?(schedul\w*|decay|warm-?up|annealing)\b/i,
    topics: [],
  },
  {
    name: 'more epochs',
    words: /\b(more epochs|train(ing)? (for )?longer|epochs? (to|from) \d+)\b/i,
    topics: [],
  },
  { name: 'another batch size', words: /\bbatch[- ]?size\b/i, topics: [] },
  { name: 'dropout', words: /\bdrop-?out\b/i, topics: ['dropout'] },
  { name: 'batch normalisation', words: /\bbatch[- ]?norm\w*/i, topics: ['batch-normalization'] },
  { name: 'layer normalisation', words: /\blayer[- ]?norm\w*/i, topics: ['layer-normalization'] },
  {
    name: 'the learning rate',
    words: /\blearning[- ]?rate\b(?![- ]?(schedul|decay|warm|anneal))|\blr\b/i,
    topics: ['learning-rate', 'optimizer'],
  },
  {
    name: 'the optimiser',
    words: /\boptimi[sz]er|\b(adam|sgd|rmsprop|momentum|adagrad)\b/i,
    topics: ['optimizer', 'learning-rate'],
  },
  {
    name: 'the loss',
    words:
      /\b(loss function|label[- ]?smoothing|huber|log-?cosh|cross-?entropy|mean squared error|mse|swap-loss)\b/i,
    topics: ['loss'],
  },
  {
    name: 'weight regularisation',
    words: /\b(l1|l2|weight[- ]decay|kernel_?regulari[sz]\w*|regulari[sz]er)\b/i,
    topics: ['regularization'],
  },
  {
    name: 'the activation',
    words: /\b(activations?|relu|elu|selu|gelu|swish|tanh|sigmoid)\b/i,
    topics: ['activation'],
  },
  {
    name: 'the initialiser',
    words: /\b(initiali[sz]\w*|he[_ ]?normal|glorot\w*)\b/i,
    topics: ['initializer'],
  },
  { name: 'pooling', words: /\bpool\w*/i, topics: ['pooling'] },
  { name: 'convolution', words: /\bconv\w*/i, topics: ['convolution'] },
  {
    name: 'a residual connection',
    words: /\b(residual|skip[- ]connections?|shortcut)\b/i,
    topics: ['residual'],
  },
  {
    name: 'the width',
    words: /\b(widen\w*|wider|narrow\w*|units|filters|neurons|capacity|smaller|larger|bigger)\b/i,
    topics: ['width'],
  },
  {
    name: 'the depth',
    words:
      /\b(deepen\w*|deeper|depth|(add|insert|remov|drop|append)\w* (an?|one|two|the|another|second|third|hidden|dense|further|extra|\w+)?( \w+)? ?layers?)\b/i,
    topics: [
      'depth',
      'convolution',
      'residual',
      'other',
      'dropout',
      'batch-normalization',
      'layer-normalization',
      'pooling',
      'activation',
    ],
  },
];

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
