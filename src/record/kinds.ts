import type { Attempt, AttemptKind, AttemptOf, Repair } from './attempt.ts';
import type { Cost } from './cost.ts';
import type { ProposalRecord, ReviewRecord } from './proposalRecord.ts';
import type { AttemptSummary } from './attemptSummary.ts';

/**
 * Every kind of attempt, and whether it may become the best. What is asked of a kind is answered in
 * this file, which stands apart from the schema so that a host need not load it.
 */
const KINDS: Readonly<Record<AttemptKind, 'contender' | 'about-another'>> = {
  baseline: 'contender',
  change: 'contender',
  check: 'about-another',
  'more-seeds': 'about-another',
  ablation: 'about-another',
  unsealing: 'about-another',
  sweep: 'about-another',
  compression: 'about-another',
  distillation: 'contender',
  generation: 'contender',
};

/** The tags that a commit may carry. */
export const attemptKinds = Object.keys(KINDS) as readonly AttemptKind[];

/**
 * An attempt that wants to be the best. The check of a baseline, its further seeds, an opened test
 * part, an ablation and a compression only tell of another attempt, a sweep of many short trials:
 * they are never best or parent, and nobody proposed them. As attempts they are no looks at the
 * validation part; what was compared there within one is counted by itself
 * (`AttemptSummary.looks`).
 */
export const isContender = ({ kind }: Pick<AttemptSummary, 'kind'>): boolean =>
  KINDS[kind] === 'contender';

/**
 * A baseline that others start from: the model file as it is, or a change that first made it train.
 * The verdict alone may also be that of its further seeds.
 */
export const isBaseline = (attempt: Pick<AttemptSummary, 'kind' | 'verdict'>): boolean =>
  attempt.verdict === 'baseline' && isContender(attempt);

/**
 * The operator of a configuration that a search trained in full, once, and nobody raced: it is
 * kept, and whether it is better nobody has seen.
 */
export const SWEPT = 'swept';

/**
 * A proposal that short runs left behind for another of its batch, or a search for its winners: it
 * was no round of its own, and whether it is better nobody has seen.
 */
export const isLeftBehind = ({
  verdict,
  failure,
  operator,
}: Pick<AttemptSummary, 'verdict' | 'failure' | 'operator'>): boolean =>
  verdict === 'inconclusive' && (failure === 'stopped' || operator === SWEPT);

/**
 * How often the sealed part of a study was opened: an opening that was stopped, or failed, showed
 * nothing to anybody.
 */
export const openingsIn = (history: readonly Pick<AttemptSummary, 'kind' | 'verdict'>[]): number =>
  history.filter(({ kind, verdict }) => kind === 'unsealing' && verdict === 'inconclusive').length;

/**
 * The word an attempt is tagged with: its verdict, or what was done where a verdict on a variant
 * was never sought.
 */
export const tagOf = ({ kind, verdict }: Pick<AttemptSummary, 'kind' | 'verdict'>): string =>
  (verdict === 'inconclusive' && TAGS[kind]) || verdict;

const TAGS: Partial<Readonly<Record<AttemptKind, string>>> = {
  check: 'checked',
  unsealing: 'test opened',
  sweep: 'searched',
};

/** Title of the check of a baseline while it is made; what came of it is added at its end. */
export const CHECK_TITLE = 'Check of the baseline';

/** What was proposed; `null` for an attempt that nobody proposed. */
export const proposalIn = (attempt: Attempt): ProposalRecord | null =>
  attempt.kind === 'change' ? attempt.proposal : null;

/** One line for people. */
export function titleOf(attempt: Attempt): string {
  if (attempt.kind === 'baseline') return 'Baseline';
  return attempt.kind === 'change' ? attempt.proposal.title : attempt.title;
}

/** Why it was made, for people; empty for a baseline. */
export function reasoningOf(attempt: Attempt): string {
  if (attempt.kind === 'baseline') return '';
  return attempt.kind === 'change' ? attempt.proposal.reasoning : attempt.reasoning;
}

/** What was changed, as a unified diff; empty where nothing was. */
export function diffOf(attempt: Attempt): string {
  if (attempt.kind === 'change') return attempt.proposal.diff;
  return 'diff' in attempt ? attempt.diff : '';
}

/** Evidence that it was made on. */
export function evidenceOf(attempt: Attempt): ProposalRecord['evidence'] {
  if (attempt.kind === 'change') return attempt.proposal.evidence;
  return attempt.kind === 'check' ? attempt.evidence : [];
}

/** What its proposer and its repairs, or its partner took; `null` where nobody was asked. */
export const costOf = (attempt: Attempt): Cost | null =>
  'cost' in attempt ? (attempt.cost ?? null) : null;

/** What a language model mended before it could be trained. */
export const repairsOf = (attempt: Attempt): readonly Repair[] =>
  attempt.kind === 'change' ? attempt.repairs : [];

/** What came of its review; `null` where there was none. */
export const reviewOf = (attempt: Attempt): ReviewRecord | null =>
  attempt.kind === 'change' ? attempt.review : null;

/** Trials of others, beyond those in their own records, that it was held against. */
export const referencesOf = (attempt: Attempt): NonNullable<AttemptOf<'change'>['references']> =>
  'references' in attempt ? (attempt.references ?? []) : [];
