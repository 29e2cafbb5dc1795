import type { Seen } from './seen.ts';

/** Whether a unit stands for one of several classes, or for a label of its own. */
type Kind = 'class' | 'label';

/** How often something was predicted, is real, and both. */
interface Counts {
  readonly hits: number;
  readonly found: number;
  readonly real: number;
}

/** Counts of one class or label; a label is predicted from a probability of a half on. */
export function confusionOf(seen: Seen, unit: number, kind: Kind): Counts {
  const rows = seen.targets.length / (kind === 'class' ? 1 : seen.units);
  let [hits, found, real] = [0, 0, 0];
  for (let row = 0; row < rows; row += 1) {
    const isFound =
      kind === 'class' ? likeliest(seen, row) === unit : scoreAt(seen, row, unit) > 0.5;
    const isReal = isRealAt(seen, row, { unit, kind });
    found += Number(isFound);
    real += Number(isReal);
    hits += Number(isFound && isReal);
  }
  return { hits, found, real };
}

/** The harmonic mean of precision and recall. */
export const f1Of = ({ hits, found, real }: Counts): number => ratio(2 * hits, found + real);

/**
 * Area under the ROC curve of a class against the rest, ties counted half (Mann and Whitney 1947);
 * 0.5 where only one side occurs.
 */
export function areaUnderCurve(seen: Seen, unit: number, kind: Kind): number {
  const rows = seen.targets.length / (kind === 'class' ? 1 : seen.units);
  const ranked = Array.from({ length: rows }, (_, row) => ({
    score: scoreAt(seen, row, unit),
    isReal: isRealAt(seen, row, { unit, kind }),
  })).sort((a, b) => a.score - b.score);
  const real = ranked.filter(({ isReal }) => isReal).length;
  if (real === 0 || real === rows) return 0.5;
  const ranks = rankSum(ranked);
  return (ranks - (real * (real + 1)) / 2) / (real * (rows - real));
}

interface Ranked {
  readonly score: number;
  readonly isReal: boolean;
}

/** Sum of the ranks of what is real; equal scores share their mean rank. */
function rankSum(ranked: readonly Ranked[]): number {
  let sum = 0;
  for (let from = 0; from < ranked.length;) {
    let to = from;
    while (to < ranked.length && ranked[to]?.score === ranked[from]?.score) to += 1;
    if (to === from) return NaN;
    const rank = (from + 1 + to) / 2;
    sum += rank * ranked.slice(from, to).filter(({ isReal }) => isReal).length;
    from = to;
  }
  return sum;
}

/** Share of rows whose class is among the `count` likeliest. */
export function topShare({ predictions, targets, units }: Seen, count: number): number {
  const inTop = Array.from(targets, (label, row) => {
    const own = predictions[row * units + label] ?? NaN;
    const better = predictions
      .subarray(row * units, (row + 1) * units)
      .reduce((sum, score) => sum + Number(!(score <= own)), 0);
    return Number(better < count);
  });
  return mean(inTop);
}

/** Pearson's correlation of one unit; 0 where one side does not vary. */
export function pearsonOf({ predictions, targets, units }: Seen, unit: number): number {
  const rows = targets.length / units;
  const column = (values: Float64Array): number[] =>
    Array.from({ length: rows }, (_, row) => values[row * units + unit] ?? NaN);
  const [said, real] = [centred(column(predictions)), centred(column(targets))];
  const product = dot(said, real);
  const scale = Math.sqrt(dot(said, said) * dot(real, real));
  return scale === 0 ? 0 : product / scale;
}

/** `NaN` of none. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** 0 of nothing. */
export const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole);

const centred = (values: readonly number[]): readonly number[] => {
  const middle = mean(values);
  return values.map((value) => value - middle);
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? NaN), 0);

const scoreAt = ({ predictions, units }: Seen, row: number, unit: number): number =>
  predictions[row * units + unit] ?? NaN;

const isRealAt = (
  { targets, units }: Seen,
  row: number,
  { unit, kind }: { readonly unit: number; readonly kind: Kind },
): boolean => (kind === 'class' ? targets[row] === unit : targets[row * units + unit] === 1);

function likeliest(seen: Seen, row: number): number {
  let best = 0;
  for (let unit = 1; unit < seen.units; unit += 1)
    if (scoreAt(seen, row, unit) > scoreAt(seen, row, best)) best = unit;
  return best;
}
