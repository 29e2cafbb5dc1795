import type { LayersModel, Tensor, Tf } from '../tf.ts';
import type { Blueprint, Drawing } from '../../../model/blueprint.ts';
import { unfrozenWeights } from './frozen.ts';
import { namedLosses, registeredClasses, type RegisteredClasses } from './knownParts.ts';
import { predictsTheSame } from './predictsTheSame.ts';

/** The classes TensorFlow.js brings along: taken before any code of a variant was loaded. */
export type PristineClasses = RegisteredClasses;

/** Looked at before a variant is loaded, so that it can add nothing to what counts as known. */
export const pristineClasses = (tf: Tf): PristineClasses => registeredClasses(tf);

/**
 * The model as data, where it is nothing but that: every layer, optimiser and loss is one of
 * TensorFlow.js's own, and the model that is put together again from the data predicts the same.
 */
export async function drawBlueprint(
  model: LayersModel,
  {
    tf,
    known,
    draws,
  }: { readonly tf: Tf; readonly known: PristineClasses; readonly draws: number },
): Promise<Drawing> {
  const [strange] = strangeLayers(model, known);
  if (strange) return needsCode(`the layer ${strange.name} is the model file's own`);
  const compile = compiledWith(model, { tf, known });
  if (typeof compile === 'string') return needsCode(compile);
  const { tensors, frozen } = unfrozenWeights(model);
  const blueprint: Blueprint = {
    topology: JSON.stringify(model.toJSON(null, false)),
    weights: await Promise.all(tensors.map(weightOf)),
    frozen,
    draws,
    compile,
  };
  return (await predictsTheSame(model, blueprint, tf))
    ? { kind: 'blueprint', blueprint }
    : needsCode('the model written as data predicts otherwise than the one that was built');
}

const needsCode = (why: string): Drawing => ({ kind: 'needs-code', why });

/** Layers, those within others included, whose classes TensorFlow.js does not bring along. */
export const strangeLayers = (model: LayersModel, known: PristineClasses): LayersModel['layers'] =>
  model.layers.flatMap((layer) => {
    if ('layers' in layer && Array.isArray(layer.layers) && known.has(layer.getClassName()))
      return strangeLayers(layer as unknown as LayersModel, known);
    return known.get(layer.getClassName()) === layer.constructor ? [] : [layer];
  });

/** A sentence where it takes code; `null` where the builder did not compile. */
function compiledWith(
  model: LayersModel,
  { tf, known }: { readonly tf: Tf; readonly known: PristineClasses },
): Blueprint['compile'] | string {
  const { optimizer, loss } = model as Partial<Pick<LayersModel, 'optimizer' | 'loss'>>;
  if (!optimizer) return null;
  const className = optimizer.getClassName();
  if (known.get(className) !== optimizer.constructor) return 'the optimiser is no known one';
  const names = namedLosses(tf, loss, model.outputNames);
  if (names === null) return 'the loss is a function of the model file';
  return { optimizer: { className, config: { ...optimizer.getConfig() } }, loss: names };
}

async function weightOf(weight: Tensor): Promise<Blueprint['weights'][number]> {
  const data = await weight.data();
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return { shape: [...weight.shape], dtype: weight.dtype, values: bytes.toString('base64') };
}
