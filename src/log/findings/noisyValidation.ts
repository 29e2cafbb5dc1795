import { calmNoiseOf, middle } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/**
 * Noise as a share of the level: below this it is none, and so many times that of the training loss
 * it has to be.
 */
const NOISY = { share: 0.03, times: 1.55 } as const;

/**
 * The validation loss jumps about by more than it changed, and far more than the training loss
 * does.
 */
export const noisyValidation: FindingRule = ({ loss, valLoss }) => {
  if (!loss || !valLoss || valLoss.values.length < 6) return null;
  const third = Math.ceil(valLoss.values.length / 3);
  const change = Math.abs(
    middle(valLoss.values.slice(0, third)) - middle(valLoss.values.slice(-third)),
  );
  const [noise, trainNoise] = [valLoss, loss].map(({ values }) => calmNoiseOf(values.slice(third)));
  if (noise === undefined || trainNoise === undefined) return null;
  const share = noise / Math.max(Math.abs(valLoss.tail.level), Number.MIN_VALUE);
  const trainShare = trainNoise / Math.max(Math.abs(loss.tail.level), Number.MIN_VALUE);
  const moved = change > noise * Math.max(1, 3 * Math.sqrt(2 / third));
  if (share < NOISY.share || moved || share <= NOISY.times * trainShare) return null;
  const text =
    `${valLoss.name} jumps by about ${percent(share)} from epoch to epoch, more than it ` +
    'changed over the run: the validation part may be too small.';
  return since(valLoss, null, { kind: 'noisy-validation', severity: 'warning', text });
};
