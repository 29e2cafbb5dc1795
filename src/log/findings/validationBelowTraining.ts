import { middle } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** Over the last half of the run the validation loss lies below the training loss. */
export const validationBelowTraining: FindingRule = ({ loss, valLoss }) => {
  const shares = sharesBelow(loss?.logged ?? [], valLoss?.logged ?? []);
  if (!loss || !valLoss || shares.length < 3) return null;
  const below = middle(shares);
  if (below < 0.05 || shares.filter((share) => share > 0).length < 0.8 * shares.length) return null;
  const text =
    `${valLoss.name} lies ${percent(below)} below ${loss.name} over the last ${shares.length} ` +
    'epochs: strong dropout, a leak between the parts, or a lucky small validation part.';
  return since(valLoss, valLoss.values.length - shares.length, {
    kind: 'validation-below-training',
    severity: 'info',
    text,
  });
};

/**
 * How far validation lies below training. An epoch's loss is its mean on the way, so it is taken
 * half an epoch later.
 */
function sharesBelow(
  loss: readonly (number | null)[],
  valLoss: readonly (number | null)[],
): number[] {
  const from = Math.floor(loss.length / 2);
  return loss.slice(from).flatMap((value, i) => {
    const next = loss[from + i + 1] ?? value;
    const validation = valLoss[from + i] ?? NaN;
    const share =
      ((value ?? NaN) + (next ?? NaN) - 2 * validation) / Math.abs((value ?? NaN) + (next ?? NaN));
    return Number.isFinite(share) ? [share] : [];
  });
}
