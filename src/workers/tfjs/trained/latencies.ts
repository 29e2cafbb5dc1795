import { quantile } from 'simple-statistics';
import type { Measures } from '../../../record/trial.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';

const RUNS = 50;
const WARM_UP = 3;
/** For each batch size, where nothing else waits for it. */
export const TIMING_MS = 150;

/**
 * Milliseconds that a model takes to answer one row, and 32 (or as many as the sample has): the
 * median and the 95th percentile, outputs read. It takes about `mostMs` for each: a slow model is
 * measured with fewer runs, a very slow one with one after the first.
 */
export async function latencies(
  tf: Tf,
  model: LayersModel,
  { sample, mostMs }: { readonly sample: readonly Tensor[]; readonly mostMs: number },
): Promise<Measures> {
  const one = sample.map((each) => tf.slice(each, 0, 1));
  const alone = await timesOf(model, one, mostMs);
  const together = await timesOf(model, sample, mostMs);
  tf.dispose(one);
  return {
    latencyMs: quantile(alone, 0.5),
    latencyMs95: quantile(alone, 0.95),
    latency32Ms: quantile(together, 0.5),
    latency32Ms95: quantile(together, 0.95),
  };
}

async function timesOf(
  model: LayersModel,
  inputs: readonly Tensor[],
  mostMs: number,
): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    const started = performance.now();
    const outputs = [model.predict([...inputs])].flat();
    await Promise.all(outputs.map((output) => output.data()));
    for (const output of outputs) output.dispose();
    times.push(performance.now() - started);
    // The first answer compiles what it needs, and counts for none.
    if (run > 0 && performance.now() - begun > mostMs) break;
  }
  return times.length > WARM_UP ? times.slice(WARM_UP) : times.slice(-1);
}
