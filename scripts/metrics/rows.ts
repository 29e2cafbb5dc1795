import type { ArrowCount } from './countArrows.ts';
import type { FileMeasure } from './measureFile.ts';

/** One number beside its bound, and what is furthest out. */
export interface MetricRow {
  readonly name: string;
  readonly value: number;
  readonly bound: number;
  /** Where to begin, when the bound is missed. */
  readonly furthest: readonly string[];
}

/** The house's numbers beside their bounds. */
export function metricRows(
  files: readonly FileMeasure[],
  arrows: ArrowCount,
): readonly MetricRow[] {
  const functions = files.flatMap(({ path, functions: own }) =>
    own.map(({ line, lines }) => ({ path: `${path}:${line}`, lines })),
  );
  const wide = files.flatMap(({ path, wide: lines }) => lines.map((line) => `${path}:${line}`));
  return [
    ...lengthRows('file lines', files, { median: 65, p90: 150, max: 300 }),
    ...lengthRows('function lines', functions, { median: 8, p90: 20, max: 45 }),
    { name: 'lines over 100 columns', value: wide.length, bound: 0, furthest: wide },
    { name: 'import circles', value: arrows.circles.length, bound: 0, furthest: arrows.circles },
    { name: 'arrows up', value: arrows.up.length, bound: 0, furthest: arrows.up },
  ];
}

/** The smallest value that so great a share of all does not pass; 0 of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

interface Long {
  readonly path: string;
  readonly lines: number;
}

function lengthRows(
  name: string,
  all: readonly Long[],
  bounds: { readonly median: number; readonly p90: number; readonly max: number },
): readonly MetricRow[] {
  const lengths = all.map(({ lines }) => lines);
  const longerThan = (bound: number): readonly string[] =>
    all
      .filter(({ lines }) => lines > bound)
      .toSorted((a, b) => b.lines - a.lines)
      .map(({ path, lines }) => `${path} (${lines})`);
  return [
    { name: `${name}, median`, value: quantile(lengths, 0.5), bound: bounds.median, furthest: [] },
    {
      name: `${name}, p90`,
      value: quantile(lengths, 0.9),
      bound: bounds.p90,
      furthest: longerThan(bounds.p90),
    },
    {
      name: `${name}, max`,
      value: quantile(lengths, 1),
      bound: bounds.max,
      furthest: longerThan(bounds.max),
    },
  ];
}
