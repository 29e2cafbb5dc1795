import type { SweepReport } from '../loop/sweep/searchModel.ts';

/**
 * Why a search ends without a winner, in a sentence: what it found may have had no time for its
 * race, which says nothing against it.
 */
export function unprovenText(attempts: SweepReport['attempts']): string {
  const cut = attempts.find(({ verdict }) => verdict === 'cancelled');
  if (!cut)
    return 'Nothing was proven better than the model as it is; a longer search may find it.';
  const what = cut.kind === 'change' ? 'it was' : 'what it is compared with was';
  return (
    `The best it found is not proven: the time was over while ${what} still trained ` +
    `(#${cut.number}). Give the next search more minutes; it goes on from what was tried.`
  );
}
