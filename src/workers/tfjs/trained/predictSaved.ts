import type { SavedModel } from '../../../model/savedModel.ts';
import { onTest } from '../../../record/measures.ts';
import type { Measures } from '../../../record/trial.ts';
import type { StudyData } from '../data/types.ts';
import type { LayersModel, Tf } from '../tf.ts';
import { studyMetrics } from '../training/metrics/studyMetrics.ts';
import { createStudyEvaluator, type StudyEvaluator } from '../training/studyEvaluator.ts';
import type { TensorCache } from '../training/trainingData.ts';
import { latencies, TIMING_MS } from './latencies.ts';
import { loadSaved } from './loadSaved.ts';

/** Where a model is asked. */
export interface Surroundings {
  readonly tf: Tf;
  readonly data: StudyData;
  readonly tensors: TensorCache;
}

/** What a model answers to the validation part. */
export interface Predicted {
  readonly measures: Measures;
  readonly outputs: Float32Array;
}

const MEBIBYTE_IN_KIB = 1024;

/** What a saved model says of the validation part, how well and how fast. */
export async function predictSaved(
  saved: SavedModel,
  { tf, data, tensors }: Surroundings,
): Promise<Predicted> {
  const model = await loadSaved(saved, tf);
  const { outputs, measures } = await predictAll(model, saved, { data, tensors });
  if (!saved.timed) return { measures, outputs };
  const trialData = await tensors.open(data);
  const sample = await trialData.fewInputs(model);
  const times = await latencies(tf, model, { sample, mostMs: TIMING_MS });
  const memoryMB = process.resourceUsage().maxRSS / MEBIBYTE_IN_KIB;
  return { measures: { ...measures, ...times, memoryMB }, outputs };
}

async function predictAll(
  model: LayersModel,
  saved: SavedModel,
  { data, tensors }: Omit<Surroundings, 'tf'>,
): Promise<Predicted> {
  const trialData = await tensors.open(data);
  return measured(data, saved, (evaluator) =>
    trialData.evaluate(model, saved.evaluateOn ?? 'validation', evaluator),
  );
}

/** Measures what `evaluate` has a model answer; keys say on which part. */
export async function measured(
  data: StudyData,
  { reading, readings, evaluateOn }: Pick<SavedModel, 'reading' | 'readings' | 'evaluateOn'>,
  evaluate: (evaluator: Pick<StudyEvaluator, 'add'>) => Promise<void>,
): Promise<Predicted> {
  const evaluator = createStudyEvaluator(
    data.outputs.map((output, at) => ({ output, reading: readings?.[at] ?? reading })),
    studyMetrics([], data.outputs, new Map()),
  );
  const outputs: number[] = [];
  await evaluate({
    add: (predictions, targets) => {
      for (const values of predictions)
        for (let index = 0; index < values.length; index += 1) outputs.push(values[index] ?? NaN);
      evaluator.add(predictions, targets);
    },
  });
  const nameOf = (key: string): string =>
    evaluateOn === 'test' ? onTest(`val_${key}`) : `val_${key}`;
  const named = Object.entries(evaluator.result()).map(([key, value]) => [nameOf(key), value]);
  return { measures: Object.fromEntries(named), outputs: Float32Array.from(outputs) };
}
