import { ADEQUACY_CHECK } from './adequacyCheck.ts';
import type { AttemptSummary } from './attemptSummary.ts';

/** Operator name of the record that the sealed part was opened. */
export const UNSEAL = 'unseal';

/** Operator name of an attempt that lacks one hunk of another. */
export const ABLATION = 'ablation';

/** Operator name of a baseline that was given more seeds. */
export const MORE_SEEDS = 'more-seeds';

/**
 * An attempt that wants to be the best. The check of a baseline, its further seeds, an opened test
 * part and an ablation only tell of another attempt: they are never best or parent, and nobody
 * proposed them. As attempts they are no looks at the validation part; what a check compared there
 * is counted by itself (`AttemptSummary.looks`).
 */
export const isContender = ({ operator }: Pick<AttemptSummary, 'operator'>): boolean =>
  operator === null || !ABOUT_ANOTHER.has(operator);

const ABOUT_ANOTHER: ReadonlySet<string> = new Set([UNSEAL, ABLATION, MORE_SEEDS, ADEQUACY_CHECK]);

/** A baseline that others start from; the verdict alone may also be that of its further seeds. */
export const isBaseline = (attempt: Pick<AttemptSummary, 'operator' | 'verdict'>): boolean =>
  attempt.verdict === 'baseline' && isContender(attempt);

/**
 * A proposal that short runs left behind for another of its batch: it was no round of its own, and
 * whether it is better nobody has seen.
 */
export const isLeftBehind = ({
  verdict,
  failure,
}: Pick<AttemptSummary, 'verdict' | 'failure'>): boolean =>
  verdict === 'inconclusive' && failure === 'stopped';

/**
 * How often the sealed part of a study was opened: an opening that was stopped, or failed, showed
 * nothing to anybody.
 */
export const openingsIn = (
  history: readonly Pick<AttemptSummary, 'operator' | 'verdict'>[],
): number =>
  history.filter(({ operator, verdict }) => operator === UNSEAL && verdict === 'inconclusive')
    .length;
