import { median } from 'simple-statistics';
import type { AttemptSummary } from '../record/attemptSummary.ts';

/**
 * How much the objective moves from seed to seed in a study: pooled deviation, in units of the
 * metric, and what it rests on.
 */
export interface NoiseFloor {
  readonly sd: number;
  readonly degreesOfFreedom: number;
}

type Noisy = Pick<AttemptSummary, 'verdict' | 'metric' | 'dataHash' | 'configHash'>;

/**
 * An attempt whose variance is beyond this many times the median one has a noise of its own
 * (training that all but breaks down).
 */
const OUTLYING = 9;

/**
 * Pools the seeds' variance over the attempts that are comparable with `like` (same data, same
 * configuration). What was judged worse, or is far noisier than the rest, is left out: it would
 * hide real gains. `null` where no attempt has two seeds.
 */
export function noiseFloor(
  history: readonly Noisy[],
  like: Pick<Noisy, 'dataHash' | 'configHash'>,
): NoiseFloor | null {
  return pooled(
    history.filter(
      ({ dataHash, configHash }) => dataHash === like.dataHash && configHash === like.configHash,
    ),
  );
}

/**
 * σ of the study around each of its attempts, in units of the metric: what stands behind `±`.
 * `null` where no comparable attempt has two seeds.
 */
export function noiseAround(
  history: readonly Noisy[],
): (attempt: Pick<Noisy, 'dataHash' | 'configHash'>) => number | null {
  const byData = new Map(
    [...Map.groupBy(history, ({ dataHash }) => dataHash)].map(([dataHash, attempts]) => [
      dataHash,
      floorsOf(attempts),
    ]),
  );
  return ({ dataHash, configHash }) => byData.get(dataHash)?.get(configHash) ?? null;
}

const floorsOf = (attempts: readonly Noisy[]): ReadonlyMap<string, number | null> =>
  new Map(
    [...Map.groupBy(attempts, ({ configHash }) => configHash)].map(([configHash, group]) => [
      configHash,
      pooled(group)?.sd ?? null,
    ]),
  );

function pooled(comparable: readonly Noisy[]): NoiseFloor | null {
  const groups = comparable
    .filter(({ verdict }) => verdict !== 'worse')
    .flatMap(({ metric }) =>
      metric && metric.sd !== null
        ? [{ variance: metric.sd ** 2, freedom: metric.values.length - 1 }]
        : [],
    );
  if (groups.length === 0) return null;
  const limit = OUTLYING * median(groups.map(({ variance }) => variance));
  const kept = groups.filter(({ variance }) => variance <= limit);
  const degreesOfFreedom = kept.reduce((sum, { freedom }) => sum + freedom, 0);
  const squares = kept.reduce((sum, { variance, freedom }) => sum + variance * freedom, 0);
  return { sd: Math.sqrt(squares / degreesOfFreedom), degreesOfFreedom };
}
