import { middle } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** The validation loss jumps about by more than it changed, and far more than the training loss does. */
export const noisyValidation: FindingRule = ({ loss, valLoss }) => {
  if (!loss || !valLoss || valLoss.values.length < 6) return null;
  const third = Math.ceil(valLoss.values.length / 3);
  const change = Math.abs(middle(valLoss.values.slice(0, third)) - middle(valLoss.values.slice(-third)));
  const share = valLoss.noise / Math.max(Math.abs(valLoss.tail.level), Number.MIN_VALUE);
  const trainShare = loss.noise / Math.max(Math.abs(loss.tail.level), Number.MIN_VALUE);
  if (share < 0.03 || change > valLoss.noise * Math.max(1, 2.6 * Math.sqrt(2 / third)) || share <= 1.6 * trainShare) return null;
  const text = `${valLoss.name} jumps by about ${percent(share)} from epoch to epoch, more than it changed over the run: the validation part may be too small.`;
  return since(valLoss, null, { kind: 'noisy-validation', severity: 'warning', text });
};
