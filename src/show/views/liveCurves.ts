import type { Curves } from '../../record/trial.ts';
import type { LoopEvent } from '../../loop/loopEvent.ts';
import type { TrainProgress } from '../../ports/trainer.ts';
import { bandsOf, runLabel, type CurveRun } from './curvesDocument.ts';

/** The curves of the attempt that trains, as far as they are known. */
export interface LiveCurves {
  readonly attemptId: string;
  readonly number: number;
  readonly title: string;
  readonly parents: readonly string[];
  /** Seeds whose training has ended, oldest first. */
  readonly finished: readonly SeedCurves[];
  readonly current: SeedCurves | null;
}

interface SeedCurves {
  readonly seed: number;
  readonly curves: Curves;
}

/**
 * The curves after an event; `null` when nothing trains. What the attempt is compared with has its
 * own record and is left out.
 */
export function followCurves(live: LiveCurves | null, event: LoopEvent): LiveCurves | null {
  if (event.kind === 'training')
    return {
      attemptId: event.attemptId,
      number: event.number,
      title: event.title,
      parents: event.parents,
      finished: [],
      current: null,
    };
  if (!live) return null;
  if (event.kind === 'recorded') return live.attemptId === event.attempt.id ? null : live;
  if (event.kind !== 'progress' || event.attemptId !== live.attemptId || event.isReference)
    return live;
  return withProgress(live, event.progress);
}

/**
 * The seed that trains as a line of its own, and the finished ones as a band: a mean over both
 * would jump where the new seed ends.
 */
export function liveRuns(live: LiveCurves): readonly CurveRun[] {
  const { attemptId, finished, current } = live;
  const run = (id: string, suffix: string, seeds: readonly SeedCurves[]): CurveRun => ({
    id,
    roles: ['running'],
    label: `${runLabel(live)}${suffix}`,
    seeds: seeds.map(({ seed }) => seed),
    bands: bandsOf(seeds),
  });
  return [
    ...(current ? [run(attemptId, `, seed ${current.seed}`, [current])] : []),
    ...(finished.length > 0
      ? [
          run(
            `${attemptId}/finished`,
            finished.length > 1
              ? `, ${finished.length} finished seeds`
              : `, seed ${finished[0]?.seed ?? ''}`,
            finished,
          ),
        ]
      : []),
  ];
}

function withProgress(live: LiveCurves, progress: TrainProgress): LiveCurves {
  const { current, finished } = live;
  const { seed, epoch, logs } = progress;
  if (current && current.seed !== seed)
    return withProgress({ ...live, current: null, finished: [...finished, current] }, progress);
  const curves = { ...current?.curves };
  for (const [key, value] of Object.entries(logs))
    curves[key] = withValue(curves[key] ?? [], epoch - 1, value);
  return { ...live, current: { seed, curves } };
}

function withValue(
  curve: readonly (number | null)[],
  index: number,
  value: number,
): (number | null)[] {
  const longer = Array.from(
    { length: Math.max(curve.length, index + 1) },
    (_, at) => curve[at] ?? null,
  );
  longer[index] = Number.isFinite(value) ? value : null;
  return longer;
}
