import { openTensorScope } from '../tensorScope.ts';
import { makeReady, type TrainInput } from './trainSeeds.ts';

const WARM_UP_STEPS = 1;
const STEPS = 5;
const ENOUGH_SECONDS = 1;

/** Median seconds of one training step on the study's own data, after a step to warm up; at most five steps or a second. */
export async function probeStep(input: Omit<TrainInput, 'seeds' | 'evaluateOn' | 'signal' | 'onEpoch' | 'onTrial'>): Promise<number> {
  const scope = openTensorScope(input.build.tf);
  try {
    const step = await makeStep(input);
    for (let count = 0; count < WARM_UP_STEPS; count += 1) await step();
    return await medianOf(step);
  } finally {
    scope.close();
  }
}

async function medianOf(step: () => Promise<void>): Promise<number> {
  const times: number[] = [];
  const started = performance.now();
  while (times.length < STEPS && performance.now() - started < ENOUGH_SECONDS * 1000) {
    const before = performance.now();
    await step();
    times.push((performance.now() - before) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Infinity;
}

async function makeStep(input: Parameters<typeof probeStep>[0]): Promise<() => Promise<void>> {
  const { prepared, trialData } = await makeReady(input, 0);
  const { tf } = input.build;
  input.onPhase('fit', 0);
  const { model, form } = prepared;
  if (trialData.kind === 'streams') {
    const first = trialData.train(form).take(1) as ReturnType<typeof trialData.train>;
    return async () => {
      await model.fitDataset(first, { epochs: 1, verbose: 0 });
    };
  }
  const rows = Math.min(input.config.batchSize, input.data.rows.train);
  const xs = tf.slice(trialData.inputs, 0, rows);
  const ys = tf.slice(trialData.targets(form), 0, rows);
  return async () => {
    const result = await model.trainOnBatch(xs, ys);
    if (!Array.isArray(result) && typeof result !== 'number') (result as { dataSync(): unknown }).dataSync();
  };
}
