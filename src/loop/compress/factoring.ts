import { denseKernelsOf, factored } from '../../model/lowRank.ts';
import { weightBytes } from '../../model/quantize.ts';
import type { TrainedModel, Weight } from '../../model/trainedModel.ts';
import { boolean, number } from '../../model/values.ts';
import { isDense } from '../../propose/operators/layerKinds.ts';
import { layerSpec } from '../../propose/operators/layerSpecs.ts';
import { insertionBefore, widthOf } from '../../propose/operators/network.ts';
import type { Ports } from '../ports.ts';
import { diffOf } from './diffOf.ts';
import type { Original } from './original.ts';

/** The builder with two layers in the place of one dense layer. */
interface Factoring {
  readonly text: string;
  readonly diff: string;
  /** `128 through 20`. */
  readonly change: string;
  /** The same with its kernel as the product of two. */
  readonly start: (trained: TrainedModel) => TrainedModel;
}

const FEWEST = 2;

/**
 * The largest dense layer as two with a narrow, linear one between: with a half of its weights, and
 * with a quarter; none where its layers are no chain, or a half of it says too little.
 */
export function factorings(
  original: Original,
  limit: number,
  { syntax }: Ports,
): readonly Factoring[] {
  const { architecture, file, model } = original;
  const kernels = denseKernelsOf(model);
  const layers = architecture.layers.filter(isDense);
  const place = placeOfLargest(kernels);
  const [inputs = 0, units = 0] = kernels[place]?.shape ?? [];
  const layer = layers[place];
  const after = layer && !layer.conditional ? insertionBefore(layer) : null;
  const written = layer && widthOf(layer);
  // A module may define its layers in another order than it calls them.
  if (written && written.value !== units) return [];
  if (layers.length !== kernels.length || after === null) return [];
  const half = Math.floor((inputs * units) / (2 * (inputs + units)));
  return [half, Math.floor(half / 2)].flatMap((rank) => {
    const start = (trained: TrainedModel): TrainedModel => factored(trained, place, rank);
    if (rank < FEWEST || weightBytes(start(model), 'uint8') > limit) return [];
    const between = layerSpec('dense', { units: number(rank), useBias: boolean(false) });
    const text = syntax.write(file.text, architecture, [
      { kind: 'insertLayers', after, layers: [between] },
    ]);
    const change = `${units} through ${rank}`;
    return text.ok ? [{ text: text.value, diff: diffOf(original, text.value), change, start }] : [];
  });
}

function placeOfLargest(kernels: readonly Weight[]): number {
  const sizes = kernels.map(({ values }) => values.length);
  return sizes.indexOf(Math.max(...sizes));
}
