import type { FindingRule } from './finding.ts';
import { since } from './finding.ts';

/** Fewer epochs than any trend can be read from. */
export const tooFewEpochs: FindingRule = ({ main, log }) => {
  const { length } = log.epochs;
  if (!main || length >= 5) return null;
  const text =
    `${length} epoch${length === 1 ? ' is' : 's are'} too few to tell a trend; five are the ` +
    'least.';
  return since(main, null, { kind: 'too-few-epochs', severity: 'info', text });
};
