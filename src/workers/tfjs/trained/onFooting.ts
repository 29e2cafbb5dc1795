import { readFile } from 'node:fs/promises';
import { readModel } from '../../../model/trainedModel.ts';
import type { Tf } from '../tf.ts';
import type { PreparedModel } from '../training/prepareModel.ts';
import type { TrialData } from '../training/trainingData.ts';
import { VariantFault } from '../variantFault.ts';
import { taughtBy, type FootingInput } from './teach.ts';

/** A model about to be trained, and its data. */
interface Ready {
  readonly prepared: PreparedModel;
  readonly trialData: TrialData;
}

/** The same, with the weights it is to start from, and its targets as its teachers say them. */
export async function onFooting(ready: Ready, input: FootingInput): Promise<Ready> {
  const start = input.footing.start?.find(({ seed }) => seed === input.seed);
  if (start) await setWeights(ready.prepared, start.path, input.tf);
  const { teachers } = input.footing;
  return teachers ? { ...ready, trialData: await taughtBy(teachers, ready, input) } : ready;
}

async function setWeights({ model }: PreparedModel, path: string, tf: Tf): Promise<void> {
  const { weights } = readModel(await readFile(path));
  const shapes = model.getWeights().map(({ shape }) => shape.join());
  if (weights.map(({ shape }) => shape.join()).join(' ') !== shapes.join(' '))
    throw new VariantFault('shape', 'The weights it is to start from are of another shape.');
  const tensors = weights.map(({ values, shape, dtype }) => tf.tensor(values, [...shape], dtype));
  model.setWeights(tensors);
  tf.dispose(tensors);
}
