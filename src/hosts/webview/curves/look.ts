import type { CurveRole, CurveRun } from '../../../show/views/curvesDocument.ts';
import type { ChartColor } from '../shared/theme.ts';

/** How the lines of a run look. */
export interface Look {
  readonly color: ChartColor;
  readonly dash: readonly number[];
  readonly width: number;
}

const looks: Readonly<Record<Exclude<CurveRole, 'seed'>, Look>> = {
  running: { color: 'blue', dash: [], width: 2 },
  shown: { color: 'blue', dash: [], width: 2 },
  best: { color: 'green', dash: [10, 3], width: 1.5 },
  parent: { color: 'purple', dash: [6, 3], width: 1.5 },
  baseline: { color: 'foreground', dash: [2, 3], width: 1.5 },
};

const others: readonly Look[] = (['yellow', 'red', 'purple', 'green', 'foreground'] as const).map(
  (color) => ({ color, dash: [8, 3, 2, 3], width: 1.5 }),
);

/**
 * More runs than this are a crowd: bands and dashes would cover each other, and cost most of the
 * time to draw.
 */
export const CROWD = 12;

/**
 * Whether only the line of a run is drawn: of a seed, and in a crowd; of what is looked at, and
 * what it is compared with, all of it.
 */
export const isPlain = (run: CurveRun, runs: readonly CurveRun[]): boolean =>
  run.roles.includes('seed') || isInCrowd(run, runs);

/** Whether a run has a band that is not drawn because of the crowd. */
export const lacksBand = (run: CurveRun, runs: readonly CurveRun[]): boolean =>
  isInCrowd(run, runs) && Object.values(run.bands).some(({ range }) => range !== null);

const isInCrowd = (run: CurveRun, runs: readonly CurveRun[]): boolean =>
  runs.length > CROWD && run !== runs[0] && run.roles.every((role) => role === 'shown');

const seeds: readonly Look[] = [
  [3, 2],
  [8, 2],
  [8, 2, 2, 2],
  [1, 2],
  [5, 5],
].map((dash) => ({ color: 'blue', dash, width: 1 }));

const plain: readonly Look[] = others.map(({ color }) => ({ color, dash: [], width: 1 }));

/** A look per run: by its part where it has one, in turn where several have the same. */
export function looksOf(runs: readonly CurveRun[]): ReadonlyMap<string, Look> {
  const used = new Set<CurveRole>();
  let next = 0;
  let nextSeed = 0;
  const further = runs.length > CROWD ? plain : others;
  return new Map(
    runs.map(({ id, roles: [role] }) => {
      if (role === 'seed') return [id, seeds[nextSeed++ % seeds.length] ?? looks.shown];
      const own = role !== undefined && !used.has(role) ? looks[role] : undefined;
      if (role !== undefined) used.add(role);
      return [id, own ?? further[next++ % further.length] ?? looks.baseline];
    }),
  );
}
