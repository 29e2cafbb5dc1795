import type { Layer } from '../../model/architecture.ts';
import { isActivation, isNormalization } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { blockOf, describeAll, type Network } from './network.ts';
import type { Idea } from './operator.ts';

/** How a normalisation is named and why it helps. */
interface Normalization {
  readonly type: 'batchNormalization' | 'layerNormalization';
  readonly words: string;
  readonly why: string;
}

/** Normalise behind all hidden layers that are not normalised yet, or behind one. */
export function normalizeIdeas(
  network: Network,
  layers: readonly Layer[],
  normalization: Normalization,
): readonly Idea[] {
  const bare = layers.filter((layer) => !blockOf(network, layer).some(isNormalization));
  const groups =
    bare.length > 1 ? [bare, ...bare.map((layer) => [layer])] : bare.map((layer) => [layer]);
  return groups.map((group) => normalize(network, group, normalization));
}

function normalize(
  network: Network,
  layers: readonly Layer[],
  { type, words, why }: Normalization,
): Idea {
  const where = describeAll(network, layers);
  return {
    title: `Add ${words} after ${where}`,
    edits: layers.map((layer) => ({
      kind: 'insertLayers',
      after: placeAfter(network, layer).index,
      layers: [layerSpec(type)],
    })),
    variantKey: layers.map(({ index }) => index).join('+'),
    because: `${words} after ${where} ${why}`,
    fit: layers.length > 1 ? 1 : 0.8,
    growth: 1.02,
  };
}

/**
 * Before the activation where that is a layer of its own (Ioffe & Szegedy), else directly behind
 * the layer.
 */
function placeAfter(network: Network, layer: Layer): Layer {
  const block = blockOf(network, layer);
  const activation = block.findIndex(isActivation);
  return block[Math.max(0, activation - 1)] ?? layer;
}
