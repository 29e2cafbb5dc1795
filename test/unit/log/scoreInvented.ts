import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';
import { inventLog } from './inventedLogs.ts';
import type { InventedLog } from './inventedLogs.ts';

/** How invented logs were read. */
export interface InventedScore {
  readonly logs: number;
  /** Read with every number, and every series by its name. */
  readonly exact: number;
  /** Numbers shown under one of the names, that the log does not say there. */
  readonly wrong: number;
  /** Seeds of those that were not exact. */
  readonly others: readonly number[];
}

/** Reads the logs of these seeds and compares what is shown with what they say. */
export function scoreInvented(from: number, count: number): InventedScore {
  const results = Array.from({ length: count }, (_, i) => ({
    seed: from + i,
    ...judged(inventLog(from + i)),
  }));
  return {
    logs: count,
    exact: results.filter(({ isExact }) => isExact).length,
    wrong: results.reduce((sum, { wrong }) => sum + wrong, 0),
    others: results.filter(({ isExact }) => !isExact).map(({ seed }) => seed),
  };
}

function judged({ text, counted, series }: InventedLog): { isExact: boolean; wrong: number } {
  const result = readTrainingLog(text, 'invented.log');
  if (!result.ok) return { isExact: false, wrong: 0 };
  const log = result.value;
  const at = new Map(counted.map((count, i) => [count, i]));
  const wrong = Object.entries(series).flatMap(([name, values]) =>
    (log.series[name] ?? []).filter(
      (value, i) => value !== null && value !== values[at.get(log.epochs[i] ?? NaN) ?? -1],
    ),
  ).length;
  const isExact =
    wrong === 0 &&
    log.epochs.length === counted.length &&
    Object.keys(series).every(
      (name) => log.series[name]?.every((value) => value !== null) === true,
    );
  return { isExact, wrong };
}
