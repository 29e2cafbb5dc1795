import * as tf from '@tensorflow/tfjs';
import { helperOf } from '../../../src/model/ownLayers/ownLayer.ts';
import { ownLayer } from '../../../src/model/ownLayers/ownLayers.ts';
import { optimizerHelper } from '../../../src/model/ownOptimizers/ownOptimizer.ts';
import { ownOptimizer } from '../../../src/model/ownOptimizers/ownOptimizers.ts';

type Numbers = Readonly<Record<string, number>>;

/** Arguments of each layer, and the shape of a row it reads. */
export const SETTINGS: Readonly<
  Record<string, { readonly args: Numbers; readonly shape: number[] }>
> = {
  kWinners: { args: { k: 3 }, shape: [8] },
  lateralInhibition: { args: { strength: 1 }, shape: [8] },
  feedback: { args: { steps: 3 }, shape: [8] },
  dendriticGate: { args: { segments: 2 }, shape: [8] },
  expertMixture: { args: { units: 6, experts: 3, top: 2 }, shape: [8] },
  fourierFeatures: { args: { waves: 5, scale: 1 }, shape: [8] },
  snake: { args: {}, shape: [8] },
  spectralMixing: { args: {}, shape: [6, 4] },
  fastWeights: { args: { decay: 0.9 }, shape: [6, 4] },
  selfAttention: { args: { heads: 2, reach: 2 }, shape: [6, 4] },
  positionCodes: { args: {}, shape: [6, 4] },
};

/** What the JavaScript of a helper makes, with `tf` in scope as in a model file. */
const made = (name: string, source: string, args: Numbers): unknown =>
  (new Function('tf', `${source}\nreturn ${name};`)(tf) as (given: Numbers) => unknown)(args);

/** A layer whose source comes along. */
export function layerOf(type: string, args: Numbers): tf.layers.Layer {
  const own = ownLayer(type);
  if (!own) throw new Error(`There is no layer ${type}.`);
  return made(type, helperOf(own, 'javascript').source.javascript, args) as tf.layers.Layer;
}

/** An optimiser whose source comes along. */
export function optimizerOf(type: string, args: Numbers): tf.Optimizer {
  const own = ownOptimizer(type);
  if (!own) throw new Error(`There is no optimiser ${type}.`);
  return made(type, optimizerHelper(own, 'tfjs').source.javascript, args) as tf.Optimizer;
}

/** What a layer gives for a tensor. */
export const through = (layer: tf.layers.Layer, x: tf.Tensor): tf.Tensor =>
  layer.apply(x) as tf.Tensor;
