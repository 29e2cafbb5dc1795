import type { Curve } from '../runView.ts';
import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** Accuracy is one and the same number for epochs: the model answers with one class. */
export const classCollapse: FindingRule = ({ accuracy, valAccuracy, loss }) => {
  const curve = valAccuracy ?? accuracy;
  if (!curve) return null;
  const stuck = stuckSince(curve, 0);
  const level = curve.values.at(-1) ?? 1;
  const enough = curve.values.length - stuck >= Math.max(5, curve.values.length / 2);
  const trainStuck = accuracy === null || accuracy.values.length - stuckSince(accuracy, 0.02) >= curve.values.length - stuck - 1;
  if (!enough || !trainStuck || level >= 0.95 || loss === null) return null;
  const text = `${curve.name} has been exactly ${percent(level)} since epoch ${curve.epochs[stuck]}: the model answers with one class, probably the most frequent.`;
  return since(curve, stuck, { kind: 'class-collapse', severity: 'problem', text });
};

/** Index from which a curve has kept its last value, give or take `near`. */
function stuckSince({ values }: Curve, near: number): number {
  const last = values.at(-1) ?? 0;
  let index = values.length - 1;
  while (index > 0 && Math.abs((values[index - 1] ?? Infinity) - last) <= near) index -= 1;
  return index;
}
