import type { Curve, RunView } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/**
 * Training accuracy is taken with weights that change within the epoch; the share of one class does
 * not.
 */
const SAME = 0.01;
/**
 * A constant accuracy proves little by itself if the part may have so few rows: a model that learns
 * keeps it, too.
 */
const FEW_ROWS = 50;

/**
 * Accuracy is one and the same number for epochs, in training too, and the losses are no lower than
 * one answer for all rows can bring them: a model that tells rows apart may keep its accuracy on a
 * small part, but not such a loss.
 */
export const classCollapse: FindingRule = (run) => {
  const { accuracy, valAccuracy, loss } = run;
  const curve = valAccuracy ?? accuracy;
  if (!curve || !loss) return null;
  const stuck = stuckSince(curve, 0);
  const level = curve.values.at(-1) ?? 1;
  const enough = curve.values.length - stuck >= Math.max(5, curve.values.length / 2);
  if (!enough || level >= 0.95 || !isElsewhereToo(curve, stuck, accuracy) || tellsApart(run, level))
    return null;
  const text =
    `${curve.name} has been exactly ${percent(level)} since epoch ${curve.epochs[stuck]}: the ` +
    'model answers with one class, probably the most frequent.';
  return since(curve, stuck, { kind: 'class-collapse', severity: 'problem', text });
};

/** Index from which a curve has kept its last value, give or take `near`. */
function stuckSince({ values }: Curve, near: number): number {
  const last = values.at(-1) ?? 0;
  let index = values.length - 1;
  while (index > 0 && Math.abs((values[index - 1] ?? Infinity) - last) <= near) index -= 1;
  return index;
}

/**
 * The training accuracy stands still, too; without one, the number is so fine that few rows could
 * not have given it.
 */
function isElsewhereToo(curve: Curve, stuck: number, accuracy: Curve | null): boolean {
  if (accuracy === null || accuracy === curve)
    return fewestRows(curve.values.at(-1) ?? 0) >= FEW_ROWS;
  return accuracy.values.length - stuckSince(accuracy, SAME) >= curve.values.length - stuck - 1;
}

/** The smallest number of rows of which a share as it is logged (to four decimals) can be one. */
function fewestRows(share: number): number {
  const decimals = String(share).split('.')[1]?.length ?? 0;
  const near = 0.5 * 10 ** -Math.min(4, decimals);
  let rows = 1;
  while (rows < FEW_ROWS && Math.abs(Math.round(share * rows) / rows - share) > near) rows += 1;
  return rows;
}

/**
 * The cross-entropy is lower than any single answer for all rows gives where one class has this
 * share.
 */
const tellsApart = ({ loss, valLoss }: RunView, share: number): boolean =>
  [loss, valLoss].some((curve) => curve !== null && curve.tail.level < 0.95 * leastEntropy(share));

/**
 * The least entropy (nats) of classes of which the most frequent has this share: as many as fit are
 * as frequent.
 */
function leastEntropy(share: number): number {
  if (share <= 0) return Infinity;
  const equal = Math.floor(1 / share);
  const rest = 1 - equal * share;
  return -equal * share * Math.log(share) - (rest > 0 ? rest * Math.log(rest) : 0);
}
