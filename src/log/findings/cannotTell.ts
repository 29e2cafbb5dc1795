import type { FindingRule } from './finding.ts';

/** Nothing to judge by. */
export const cannotTell: FindingRule = ({ main, log }) => {
  if (main) return null;
  const names = Object.keys(log.series);
  const text =
    names.length === 0
      ? 'There are no curves to judge by.'
      : 'There is no finite loss or val_loss to judge by, and no series whose name says that ' +
        `it is one; the log has ${names.join(', ')}.`;
  return { kind: 'cannot-tell', severity: 'info', lines: [], text, onsetEpoch: null };
};
