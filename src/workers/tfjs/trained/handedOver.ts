import type { FromGuest } from '../../../execution/protocol.ts';
import type { Weight } from '../../../model/trainedModel.ts';
import { strangeLayers } from '../blueprint/drawBlueprint.ts';
import type { RegisteredClasses } from '../blueprint/knownParts.ts';
import { numbersOf } from '../guest/tensorsAsBytes.ts';
import type { LayersModel } from '../tf.ts';

/** What a model has learned, and what makes the model. */
export interface HandedOver {
  /** `null` where TensorFlow.js cannot write it as JSON. */
  readonly topology: string | null;
  /** Classes of layers that only the model file has. */
  readonly ownLayers: readonly string[];
  /** In the order of `getWeights`. */
  readonly weights: readonly Weight[];
}

/** A weight knows the name it is saved under beside the one that makes it unique. */
interface Named {
  readonly originalName: string;
}

/** Takes a trained model as data. `known`: the classes that TensorFlow.js brings along. */
export const handedOver = async (
  model: LayersModel,
  known: RegisteredClasses,
): Promise<HandedOver> => ({
  topology: topologyOf(model),
  ownLayers: [...new Set(strangeLayers(model, known).map((layer) => layer.getClassName()))],
  weights: await weightsOf(model),
});

/** The same, as the process tells it in which the model was trained. */
export function handedOverIn({ message, bytes }: Told): HandedOver {
  const { topology, ownLayers = [], weights: arrays } = message;
  const values = numbersOf({ arrays, bytes });
  const weights = arrays.map(({ name, shape, dtype }, index) => ({
    ...{ name, shape, dtype: dtype === 'int32' ? ('int32' as const) : ('float32' as const) },
    values: Float32Array.from(values[index] ?? []),
  }));
  return { topology, ownLayers, weights };
}

interface Told {
  readonly message: Extract<FromGuest, { type: 'weights' }>;
  readonly bytes: Uint8Array;
}

function topologyOf(model: LayersModel): string | null {
  try {
    return JSON.stringify(model.toJSON(null, false));
  } catch {
    return null;
  }
}

async function weightsOf(model: LayersModel): Promise<readonly Weight[]> {
  const names = unlike(model.weights.map((weight) => (weight as unknown as Named).originalName));
  return Promise.all(
    model.getWeights().map(async (tensor, index) => ({
      name: names[index] ?? `weight ${index}`,
      shape: tensor.shape,
      dtype: tensor.dtype === 'int32' ? ('int32' as const) : ('float32' as const),
      values: Float32Array.from(await tensor.data()),
    })),
  );
}

/** A layer of somebody's own may call two of its weights alike. */
function unlike(names: readonly string[]): readonly string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = seen.get(name) ?? 0;
    seen.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  });
}
