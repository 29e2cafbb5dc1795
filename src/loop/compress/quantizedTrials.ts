import { roundedTo, weightBytes, type Precision } from '../../model/quantize.ts';
import { parametersOf, readModel, writeModel } from '../../model/trainedModel.ts';
import type { CompletedTrial } from '../../record/trial.ts';
import type { TrainedSeed } from '../export/trainedSeed.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';

const PRECISIONS = ['float32', 'float16', 'uint8', 'int8-per-channel'] as const;

/** Trained seeds with weights of one precision, as they would be shipped. */
export interface Shipped {
  readonly precision: Precision;
  readonly bytes: number;
  readonly parameters: number;
  /** Measured with the rounded weights. */
  readonly trials: readonly CompletedTrial[];
}

/** Rounds the weights of trained seeds and measures what each precision costs. */
export async function quantizedTrials(
  session: StudySession,
  seeds: readonly TrainedSeed[],
  signal: AbortSignal,
  ports: Ports,
): Promise<readonly Shipped[]> {
  const shipped: Shipped[] = [];
  for (const precision of PRECISIONS)
    shipped.push(await shippedAs(session, { precision, seeds, signal }, ports));
  return shipped;
}

interface Rounding {
  readonly precision: Precision;
  readonly seeds: readonly TrainedSeed[];
  readonly signal: AbortSignal;
}

async function shippedAs(
  { study }: StudySession,
  { precision, seeds, signal }: Rounding,
  { trainer, artifacts }: Ports,
): Promise<Shipped> {
  if (!artifacts) throw new RangeError('Nothing is kept here.');
  const models = seeds.map(({ file }) => readModel(file));
  const hashes = await Promise.all(
    models.map((model) => artifacts.put(study, writeModel(roundedTo(model, precision)))),
  );
  const saved = await Promise.all(
    hashes.map(async (hash, index) => ({
      format: 'safetensors' as const,
      path: (await artifacts.locate(study, hash)) ?? '',
      reading: models[index]?.facts.reading ?? ('probabilities' as const),
    })),
  );
  try {
    const predicted = await trainer.predict(study, saved, signal);
    const [first] = models;
    return {
      precision,
      bytes: first ? weightBytes(first, precision) : 0,
      parameters: first ? parametersOf(first) : 0,
      trials: seeds.map(({ trial }, index) => ({
        ...trial,
        measures: { ...trial.measures, ...predicted[index]?.measures },
      })),
    };
  } finally {
    const own = new Set(seeds.map(({ trial }) => trial.weights));
    const borrowed = hashes.filter((hash) => !own.has(hash));
    await Promise.all(borrowed.map((hash) => artifacts.delete(study, hash)));
  }
}
