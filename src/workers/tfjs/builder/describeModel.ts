import type { BuiltModel } from '../../../model/builtModel.ts';
import type { LayersModel } from '../tf.ts';
import type { Dimensions } from './modelChecks.ts';

/** The model in neutral words. */
export const describeModel = (model: LayersModel): BuiltModel => ({
  layers: model.layers.map((layer) => ({
    name: layer.name,
    className: layer.getClassName(),
    outputShape: shapeOf(layer).slice(1),
    parameters: layer.countParams(),
  })),
  parameters: model.countParams(),
});

/** A model within a model has a place of its own: its outputs tell what it gives there. */
const shapeOf = (layer: LayersModel['layers'][number]): Dimensions =>
  'layers' in layer
    ? ((layer as LayersModel).outputs[0]?.shape ?? [])
    : firstShape(layer.outputShape);

const firstShape = (shape: unknown): Dimensions =>
  Array.isArray(shape) && Array.isArray(shape[0])
    ? (shape[0] as Dimensions)
    : (shape as Dimensions);
