import { quantile } from 'simple-statistics';
import type { Measures } from '../../../record/trial.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';

const RUNS = 50;
const WARM_UP = 3;
/** For each batch size: a slow model is measured with fewer runs, a very slow one with one. */
const MOST_MS = 150;

/**
 * Milliseconds that a model takes to answer one row, and 32 (or as many as the sample has): the
 * median and the 95th percentile, outputs read.
 */
export async function latencies(tf: Tf, model: LayersModel, sample: Tensor): Promise<Measures> {
  const one = tf.slice(sample, 0, 1);
  const alone = await timesOf(model, one);
  const together = await timesOf(model, sample);
  one.dispose();
  return {
    latencyMs: quantile(alone, 0.5),
    latencyMs95: quantile(alone, 0.95),
    latency32Ms: quantile(together, 0.5),
    latency32Ms95: quantile(together, 0.95),
  };
}

async function timesOf(model: LayersModel, inputs: Tensor): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  for (let run = 0; run < RUNS + WARM_UP; run += 1) {
    const started = performance.now();
    const outputs = [model.predict(inputs)].flat();
    await Promise.all(outputs.map((output) => output.data()));
    for (const output of outputs) output.dispose();
    times.push(performance.now() - started);
    if (performance.now() - begun > MOST_MS) break;
  }
  return times.length > WARM_UP ? times.slice(WARM_UP) : times.slice(-1);
}
