import type { AttemptSummary } from '../ports.ts';

/** Operator name of the record that the sealed part was opened. */
export const UNSEAL = 'unseal';

/**
 * An attempt that wants to be the best. The record of an opened test part only tells of another attempt: it is never best or
 * parent, nobody proposed it, and it is no look at the validation part.
 */
export const isContender = ({ operator }: Pick<AttemptSummary, 'operator'>): boolean => operator !== UNSEAL;

/** How often the sealed part of a study was opened: an opening that was stopped, or failed, showed nothing to anybody. */
export const openingsIn = (history: readonly Pick<AttemptSummary, 'operator' | 'verdict'>[]): number =>
  history.filter(({ operator, verdict }) => operator === UNSEAL && verdict === 'inconclusive').length;
