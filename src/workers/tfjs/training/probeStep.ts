import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { StudyData } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';
import type { Ready } from './makeReady.ts';

interface ProbeInput {
  readonly data: StudyData;
  readonly config: Pick<StudyConfig, 'batchSize'>;
}

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
export async function fastestStep(tf: Tf, ready: Ready, input: ProbeInput): Promise<number> {
  const steps = makeSteps(tf, ready, input);
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

function makeSteps(tf: Tf, { prepared, trialData }: Ready, input: ProbeInput): Steps {
  const { model, forms } = prepared;
  if (trialData.kind === 'streams') {
    const train = trialData.train(model, forms);
    return (count) =>
      model.fitDataset(train.take(count) as typeof train, { epochs: 1, verbose: 0 });
  }
  const { batchSize } = input.config;
  const [inputs, targets] = [trialData.inputs(model), trialData.targets(model, forms)];
  return (count) => {
    const rows = Math.min(count * batchSize, input.data.rows.train);
    const few = (tensors: Tensor[]): Tensor[] => tensors.map((all) => tf.slice(all, 0, rows));
    return model.fit(few(inputs), few(targets), {
      epochs: 1,
      verbose: 0,
      batchSize,
      yieldEvery: 'never',
    });
  };
}
