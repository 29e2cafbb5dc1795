import { forecast } from './forecast.ts';
import type { Forecast } from './forecast.ts';
import { lossSeries } from './lossSeries.ts';
import { isFalling, isRising, middle, noiseOf, slopeOf, smooth } from './robust.ts';
import type { TrainingLog } from './trainingLog.ts';

/** A relative change below this over the last third of a run is no change. */
const MATERIAL = 0.015;

/** A series without its gaps: one entry an epoch that reports a finite value. */
export interface Curve {
  readonly name: string;
  readonly values: readonly number[];
  /** As logged: one entry an epoch of the log. */
  readonly logged: readonly (number | null)[];
  readonly epochs: readonly number[];
  /** 1-based log lines; empty for curves of a trial. */
  readonly lines: readonly number[];
  readonly noise: number;
  readonly smoothed: readonly number[];
  readonly tail: Tail;
}

/** The last third of a curve: five points at least, eight where the curve has twice as many. */
interface Tail {
  /** Index of its first point. */
  readonly start: number;
  readonly level: number;
  readonly direction: 'falling' | 'flat' | 'rising' | 'cannot-tell';
  /** Change over the tail by its Theil–Sen slope, as a share of its level. */
  readonly change: number;
}

/** A log as the rules see it. */
export interface RunView {
  readonly log: TrainingLog;
  readonly loss: Curve | null;
  readonly valLoss: Curve | null;
  /** Why those two were taken, where the log does not call them so; else `null`. */
  readonly lossWhy: string | null;
  readonly accuracy: Curve | null;
  readonly valAccuracy: Curve | null;
  /** What is judged first: the validation loss, else the training loss. */
  readonly main: Curve | null;
  /** Where `main` goes at twice the epochs; `null` where its course cannot tell. */
  readonly ahead: Forecast | null;
}

/** Prepares a log for the rules. */
export function viewRun(log: TrainingLog): RunView {
  const curve = (name: string): Curve | null =>
    curveOf(log, { name, values: log.series[name] ?? [] });
  const taken = lossSeries(log.series);
  const loss = taken.loss && curveOf(log, taken.loss);
  const valLoss = taken.valLoss && curveOf(log, taken.valLoss);
  const main = valLoss ?? loss;
  const ahead = main && forecast(main.values);
  return {
    log,
    loss,
    valLoss,
    lossWhy: taken.why,
    accuracy: curve('accuracy'),
    valAccuracy: curve('val_accuracy'),
    main,
    ahead,
  };
}

function curveOf(
  log: TrainingLog,
  { name, values: logged }: { readonly name: string; readonly values: readonly (number | null)[] },
): Curve | null {
  const points = logged.flatMap((value, i) =>
    value !== null && Number.isFinite(value)
      ? [{ value, epoch: log.epochs[i] ?? i + 1, line: log.lines[i] }]
      : [],
  );
  if (points.length === 0) return null;
  const values = points.map(({ value }) => value);
  return {
    name,
    values,
    logged,
    epochs: points.map(({ epoch }) => epoch),
    lines: points.flatMap(({ line }) => (line === undefined ? [] : [line])),
    noise: noiseOf(values),
    smoothed: smooth(values),
    tail: tailOf(values),
  };
}

function tailOf(values: readonly number[]): Tail {
  const length = Math.min(
    values.length,
    Math.max(5, Math.ceil(values.length / 3), Math.min(8, Math.ceil(values.length / 2))),
  );
  const start = values.length - length;
  const tail = values.slice(start);
  const level = middle(tail);
  const scale = Math.max(
    Math.abs(level),
    0.02 * Math.abs((values[0] ?? 0) - level),
    Number.MIN_VALUE,
  );
  const change = (slopeOf(tail) * (length - 1)) / scale;
  return {
    start,
    level,
    change,
    direction: length < 5 ? 'cannot-tell' : directionOf(tail, change),
  };
}

function directionOf(tail: readonly number[], change: number): Tail['direction'] {
  if (change < -MATERIAL && isFalling(tail)) return 'falling';
  return change > MATERIAL && isRising(tail) ? 'rising' : 'flat';
}
