import { metricDirection } from './metricDirection.ts';

type Series = Readonly<Record<string, readonly (number | null)[]>>;

/**
 * One series of two runs, each at its best epoch; at its last where nobody knows which way is
 * better.
 */
export interface SeriesComparison {
  readonly series: string;
  readonly direction: 'minimize' | 'maximize' | null;
  readonly value: number;
  readonly other: number;
  /**
   * How this run stands to the other by that one number; one run of each proves nothing about the
   * next.
   */
  readonly standing: 'better' | 'worse' | 'equal' | 'unknown';
}

/** Compares the series that two runs share. Pure. */
export function compareRuns(run: Series, against: Series): SeriesComparison[] {
  return Object.keys(run).flatMap((series): SeriesComparison[] => {
    const direction = metricDirection(series);
    const [value, other] = [figureOf(run[series], direction), figureOf(against[series], direction)];
    if (value === null || other === null || series === 'lr') return [];
    return [{ series, direction, value, other, standing: standingOf(value, other, direction) }];
  });
}

function figureOf(
  values: readonly (number | null)[] | undefined,
  direction: SeriesComparison['direction'],
): number | null {
  const finite = (values ?? []).filter(
    (value): value is number => value !== null && Number.isFinite(value),
  );
  if (direction === null || finite.length === 0) return finite.at(-1) ?? null;
  return finite.reduce((best, value) =>
    direction === 'minimize' ? Math.min(best, value) : Math.max(best, value),
  );
}

function standingOf(
  value: number,
  other: number,
  direction: SeriesComparison['direction'],
): SeriesComparison['standing'] {
  if (value === other) return 'equal';
  if (direction === null) return 'unknown';
  return value < other === (direction === 'minimize') ? 'better' : 'worse';
}
