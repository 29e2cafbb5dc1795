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
  /** Those that train now. */
  readonly training: readonly SeedCurves[];
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
      training: [],
    };
  if (!live) return null;
  if (event.kind === 'recorded') return live.attemptId === event.attempt.id ? null : live;
  if (event.kind !== 'progress' || event.attemptId !== live.attemptId || event.isReference)
    return live;
  return withProgress(live, event.progress);
}

/**
 * A seed that trains as a line of its own, and the finished ones as a band: a mean over both would
 * jump where the new seed ends.
 */
export function liveRuns(live: LiveCurves): readonly CurveRun[] {
  const { attemptId, finished, training } = live;
  const run = (id: string, suffix: string, seeds: readonly SeedCurves[]): CurveRun => ({
    id,
    roles: ['running'],
    label: `${runLabel(live)}${suffix}`,
    seeds: seeds.map(({ seed }) => seed),
    bands: bandsOf(seeds),
  });
  return [
    ...training.map((own, index) =>
      run(index === 0 ? attemptId : `${attemptId}/${own.seed}`, `, seed ${own.seed}`, [own]),
    ),
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
  const { seed, epoch, logs, beside = [] } = progress;
  const [ended, others] = partition(
    live.training.filter((own) => own.seed !== seed),
    (own) => !beside.includes(own.seed),
  );
  const curves = { ...live.training.find((own) => own.seed === seed)?.curves };
  for (const [key, value] of Object.entries(logs))
    curves[key] = withValue(curves[key] ?? [], epoch - 1, value);
  return {
    ...live,
    finished: [...live.finished, ...ended],
    training: [...others, { seed, curves }].toSorted((a, b) => a.seed - b.seed),
  };
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): readonly [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
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
