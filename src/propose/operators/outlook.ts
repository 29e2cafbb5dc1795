import { highestOf } from '../../log/robust.ts';
import type { OperatorContext } from './operatorContext.ts';
import { gainOf } from '../../study/objective.ts';

/**
 * What could be won at most by one good change, in units of the metric: ground lost since the best
 * epoch, ground still being gained at the end, a quarter of the gap to the training curve, or a
 * twentieth of the value where the curves say nothing.
 */
export function headroom(context: OperatorContext): number | null {
  if (context.value === null || !Number.isFinite(context.value)) return null;
  const sign = gainOf(1, context.objective);
  const curve = finite(context, context.objective.metric);
  return Math.max(
    lostGround(curve, sign),
    lateGain(curve, sign),
    gapToTraining(context, sign) / 4,
    floor(context.value, sign),
  );
}

const finite = (context: OperatorContext, key: string): readonly number[] =>
  (context.diagnosis.series[key] ?? []).filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );

function lostGround(curve: readonly number[], sign: number): number {
  const last = curve.at(-1);
  return last === undefined ? 0 : highestOf(curve.map((value) => (value - last) * sign));
}

/** What the last quarter of the epochs brought. */
function lateGain(curve: readonly number[], sign: number): number {
  const [last, earlier] = [curve.at(-1), curve.at(Math.floor(curve.length * 0.75) - 1)];
  return last === undefined || earlier === undefined ? 0 : Math.max(0, (last - earlier) * sign);
}

function gapToTraining(context: OperatorContext, sign: number): number {
  const training = finite(context, context.objective.metric.replace(/^val_/, '')).at(-1);
  return training === undefined || context.value === null
    ? 0
    : Math.max(0, (training - context.value) * sign);
}

/**
 * Metrics to be maximised that lie in 0–1 (accuracy, R², AUC) can win a share of what is missing to
 * 1.
 */
function floor(value: number, sign: number): number {
  const missing = sign > 0 && value <= 1 ? (1 - value) * 0.2 : Infinity;
  return Math.min(Math.abs(value) * 0.05 || 0.01, missing);
}
