import { roundedTo, type Precision } from '../../model/quantize.ts';
import { shippedBytes } from '../../model/shippedBytes.ts';
import { parametersOf, readModel, writeModel } from '../../model/trainedModel.ts';
import { savedAs } from '../../model/savedModel.ts';
import type { Predictions } from '../../ports/trainer.ts';
import type { CompletedTrial } from '../../record/trial.ts';
import type { TrainedSeed } from '../export/trainedSeed.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';

/** Trained seeds with weights of one precision, as they would be shipped. */
export interface Shipped {
  readonly precision: Precision;
  readonly bytes: number;
  readonly parameters: number;
  /** Measured with the rounded weights. */
  readonly trials: readonly CompletedTrial[];
}

/** Which precisions are measured, and on which rows; `test` opens the sealed part. */
interface Measuring {
  readonly precisions: readonly Precision[];
  readonly evaluateOn: 'validation' | 'test';
  readonly signal: AbortSignal;
}

/** Everything a program could be shipped with, on the validation part. */
export const onValidation = (signal: AbortSignal): Measuring => ({
  precisions: ['float32', 'float16', 'uint8', 'int8-per-channel'],
  evaluateOn: 'validation',
  signal,
});

/** Trained seeds, and the builder that they were trained by. */
export interface Built {
  readonly seeds: readonly TrainedSeed[];
  readonly text: string;
}

/** Rounds the weights of trained seeds and measures what each precision costs. */
export async function quantizedTrials(
  { study }: StudySession,
  { seeds, text }: Built,
  { precisions, evaluateOn, signal }: Measuring,
  { trainer, artifacts }: Ports,
): Promise<readonly Shipped[]> {
  if (!artifacts) throw new RangeError('Nothing is kept here.');
  const models = seeds.map(({ file }) => readModel(file));
  const files = precisions.flatMap((precision) =>
    models.map((model) => writeModel(roundedTo(model, precision))),
  );
  const hashes = await Promise.all(files.map((file) => artifacts.put(study, file)));
  try {
    const paths = await Promise.all(hashes.map((hash) => artifacts.locate(study, hash)));
    const [model] = models;
    const saved = model
      ? paths.map((path) => ({
          ...savedAs(model, { path: study.modelPath, text }),
          ...{ path: path ?? '', evaluateOn },
        }))
      : [];
    const predicted = await trainer.predict(study, saved, signal);
    return precisions.map((precision, at) =>
      shippedAs(precision, seeds, predicted.slice(at * seeds.length)),
    );
  } finally {
    const own = new Set(seeds.map(({ trial }) => trial.weights));
    const borrowed = hashes.filter((hash) => !own.has(hash));
    await Promise.all(borrowed.map((hash) => artifacts.delete(study, hash)));
  }
}

function shippedAs(
  precision: Precision,
  seeds: readonly TrainedSeed[],
  predicted: readonly Predictions[],
): Shipped {
  const [first] = seeds;
  const model = first && readModel(first.file);
  return {
    precision,
    bytes: model ? shippedBytes(model, precision) : 0,
    parameters: model ? parametersOf(model) : 0,
    trials: seeds.map(({ trial }, index) => ({
      ...trial,
      measures: { ...trial.measures, ...predicted[index]?.measures },
    })),
  };
}
