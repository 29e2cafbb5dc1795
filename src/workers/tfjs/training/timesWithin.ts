import type { Measures } from '../../../record/trial.ts';
import { VariantFault } from '../variantFault.ts';
import type { FitInput } from './fitTrial.ts';

/** Share of the time it trained that timing its answers may take, for one row and for several. */
const TIMING_SHARE = 0.005;

/**
 * How fast a trained model answers; throws a fault where that is slower than the study allows.
 *
 * @param seconds that it trained
 */
export async function timesWithin(
  { learner, config }: Pick<FitInput, 'learner' | 'config'>,
  seconds: number,
): Promise<Measures> {
  const times = await learner.times(1000 * TIMING_SHARE * seconds);
  const { latencyMs: limit } = config.limits;
  const { latencyMs } = times;
  if (limit === undefined || latencyMs === undefined || latencyMs <= limit) return times;
  throw new VariantFault(
    'limits',
    `The model answers one row in ${latencyMs.toPrecision(3)} ms; limits.latencyMs allows ` +
      `${limit}.`,
  );
}
