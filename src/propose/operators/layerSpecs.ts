import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { number, string, type Value } from '../../model/values.ts';
import { argumentOf } from '../../model/layerArguments.ts';

/** A layer to be written, by tfjs factory name. */
export const layerSpec = (type: string, args: Readonly<Record<string, Value>> = {}): LayerSpec => ({
  type,
  arguments: Object.entries(args).map(([name, value]) => ({ name, value })),
});

/**
 * A dense layer of the same kind as `like` (activation, initialiser, regulariser), with its own
 * width.
 */
export const denseLike = (like: Layer, units: number): LayerSpec =>
  layerLike('dense', like, { units: number(units) });

/** A convolution that keeps rows and columns, of the same kind as `like`. */
export const convolutionLike = (like: Layer, filters: number): LayerSpec =>
  layerLike('conv2d', like, {
    filters: number(filters),
    kernelSize: argumentOf(like, 'kernelSize') ?? number(3),
    padding: string('same'),
  });

/** Convolution and pooling: the usual start of an image model. */
export const convolutionBlock = (filters: number): readonly LayerSpec[] => [
  layerSpec('conv2d', {
    filters: number(filters),
    kernelSize: number(3),
    padding: string('same'),
    activation: string('relu'),
    kernelInitializer: string('heNormal'),
  }),
  layerSpec('maxPooling2d', { poolSize: number(2) }),
];

function layerLike(type: string, like: Layer, args: Readonly<Record<string, Value>>): LayerSpec {
  const kept = ['activation', 'kernelInitializer', 'kernelRegularizer'].flatMap((name) => {
    const value = argumentOf(like, name);
    return value ? [[name, value] as const] : [];
  });
  return layerSpec(type, { ...args, ...Object.fromEntries(kept) });
}
