import { guarded } from '../builder/tamperGuard.ts';
import { openTensorScope } from '../tensorScope.ts';
import { makeReady, type TrainInput } from './trainOnce.ts';

type ProbeInput = Omit<
  TrainInput,
  'seeds' | 'evaluateOn' | 'bounds' | 'signal' | 'onEpoch' | 'onTrial'
>;

/** Trains a number of steps. */
type Steps = (count: number) => Promise<unknown>;

const MOST_STEPS = 20;
const PASSES = 3;
const PASS_SECONDS = 0.25;

/**
 * Seconds of one training step on the study's own data: the fastest of three passes through `fit`
 * of up to twenty steps (fewer where steps are slow), after two steps to warm up. The fastest,
 * because other programs only ever make a pass slower.
 */
export async function probeStep(input: ProbeInput): Promise<number> {
  const scope = openTensorScope(input.build.tf);
  try {
    const steps = await makeSteps(input);
    return await guarded(
      input.build.tf,
      () => fastestStep(steps, input),
      input.data.kind === 'streams' ? 'streamed' : 'closed',
    );
  } finally {
    input.tensors.close();
    scope.close();
  }
}

async function fastestStep(steps: Steps, input: ProbeInput): Promise<number> {
  await timed(steps, 1);
  const first = await timed(steps, 1);
  const count = Math.max(
    1,
    Math.min(MOST_STEPS, stepsPerEpoch(input), Math.floor(PASS_SECONDS / first)),
  );
  let best = first;
  for (let pass = 0; pass < PASSES; pass += 1) best = Math.min(best, await timed(steps, count));
  return best;
}

const stepsPerEpoch = ({ data, config }: ProbeInput): number =>
  Math.floor(data.rows.train / config.batchSize);

async function timed(steps: Steps, count: number): Promise<number> {
  const before = performance.now();
  await steps(count);
  return (performance.now() - before) / 1000 / count;
}

async function makeSteps(input: ProbeInput): Promise<Steps> {
  const { prepared, trialData } = await makeReady(input, 0);
  const { tf } = input.build;
  const { model, form } = prepared;
  input.onPhase('fit', 0);
  if (trialData.kind === 'streams') {
    const train = trialData.train(form);
    return (count) =>
      model.fitDataset(train.take(count) as typeof train, { epochs: 1, verbose: 0 });
  }
  const { batchSize } = input.config;
  const targets = trialData.targets(form);
  return (count) => {
    const rows = Math.min(count * batchSize, input.data.rows.train);
    return model.fit(tf.slice(trialData.inputs, 0, rows), tf.slice(targets, 0, rows), {
      epochs: 1,
      verbose: 0,
      batchSize,
      yieldEvery: 'never',
    });
  };
}
