import type { SavedModel } from '../../../model/trainedModel.ts';
import type { Measures } from '../../../record/trial.ts';
import type { StudyData } from '../data/types.ts';
import type { LayersModel, Tf } from '../tf.ts';
import type { Reading } from '../training/evaluator.ts';
import { studyMetrics } from '../training/metrics/studyMetrics.ts';
import { createStudyEvaluator } from '../training/studyEvaluator.ts';
import type { TensorCache } from '../training/trainingData.ts';
import { latencies } from './latencies.ts';
import { loadSaved } from './loadSaved.ts';

interface Surroundings {
  readonly tf: Tf;
  readonly data: StudyData;
  readonly tensors: TensorCache;
}

const MEBIBYTE_IN_KIB = 1024;

/** What a saved model says of the validation part, how well and how fast. */
export async function predictSaved(
  saved: SavedModel,
  { tf, data, tensors }: Surroundings,
): Promise<{ readonly measures: Measures; readonly outputs: Float32Array }> {
  const model = await loadSaved(saved, tf);
  const { outputs, measures } = await predictAll(model, saved.reading, { data, tensors });
  if (!saved.timed) return { measures, outputs };
  const trialData = await tensors.open(data);
  const [sample] = await trialData.fewInputs(model);
  const times = sample ? await latencies(tf, model, sample) : {};
  const memoryMB = process.resourceUsage().maxRSS / MEBIBYTE_IN_KIB;
  return { measures: { ...measures, ...times, memoryMB }, outputs };
}

async function predictAll(
  model: LayersModel,
  reading: Reading,
  { data, tensors }: Omit<Surroundings, 'tf'>,
): Promise<{ readonly measures: Measures; readonly outputs: Float32Array }> {
  const trialData = await tensors.open(data);
  const evaluator = createStudyEvaluator(
    data.outputs.map((output) => ({ output, reading })),
    studyMetrics([], data.outputs, new Map()),
  );
  const outputs: number[] = [];
  await trialData.evaluate(model, 'validation', {
    ...evaluator,
    add: (predictions, targets) => {
      for (const values of predictions)
        for (let index = 0; index < values.length; index += 1) outputs.push(values[index] ?? NaN);
      evaluator.add(predictions, targets);
    },
  });
  const named = Object.entries(evaluator.result()).map(([key, value]) => [`val_${key}`, value]);
  return { measures: Object.fromEntries(named), outputs: Float32Array.from(outputs) };
}
