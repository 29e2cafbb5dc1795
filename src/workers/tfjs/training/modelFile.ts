import { countedAnew } from '../../../model/layerNames.ts';
import { writeModel, type ModelFacts, type Weight } from '../../../model/trainedModel.ts';
import type { StudyData } from '../data/types.ts';
import type { LayersModel } from '../tf.ts';
import type { Trained } from './trainOnce.ts';

/** A weight knows the name it is saved under beside the one that makes it unique. */
interface Named {
  readonly originalName: string;
}

/**
 * A trained model as the file that Cortex keeps; `null` where the model is in
 * another process, TensorFlow.js cannot write it as JSON, or it has several inputs or outputs.
 */
export async function modelFile(
  { learner, data }: Trained,
  made: Pick<ModelFacts, 'seed' | 'versions'>,
): Promise<Uint8Array | null> {
  const { model } = learner;
  const written = model && topologyOf(model);
  const isOne = data.inputs.length === 1 && data.outputs.length === 1;
  if (model === null || written === null || !isOne) return null;
  const { topology, rename } = countedAnew(written);
  return writeModel({
    facts: { framework: 'tfjs', topology, ...made, ...factsOf(data, learner) },
    weights: (await weightsOf(model)).map((each) => ({ ...each, name: rename(each.name) })),
  });
}

function topologyOf(model: LayersModel): string | null {
  try {
    return JSON.stringify(model.toJSON(null, false));
  } catch {
    return null;
  }
}

function factsOf(
  { inputs, outputs, preparation }: StudyData,
  { prepared }: Trained['learner'],
): Pick<ModelFacts, 'task' | 'inputShape' | 'outputUnits' | 'preparation' | 'reading'> {
  const [first] = prepared.outputs;
  return {
    task: outputs[0]?.task ?? 'regression',
    inputShape: [...(inputs[0]?.shape ?? [])],
    outputUnits: outputs[0]?.units ?? 1,
    reading: first?.reading ?? 'probabilities',
    preparation: preparation ?? { inputs: null, targets: null, classes: [] },
  };
}

async function weightsOf(model: LayersModel): Promise<readonly Weight[]> {
  const names = model.weights.map((weight) => (weight as unknown as Named).originalName);
  return Promise.all(
    model.getWeights().map(async (tensor, index) => ({
      name: names[index] ?? `weight ${index}`,
      shape: tensor.shape,
      dtype: tensor.dtype === 'int32' ? ('int32' as const) : ('float32' as const),
      values: Float32Array.from(await tensor.data()),
    })),
  );
}
