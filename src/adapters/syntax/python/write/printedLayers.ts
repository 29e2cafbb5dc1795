import type { LayerSpec } from '../../../../model/edits.ts';
import { ownLayer } from '../../../../model/ownLayers/ownLayers.ts';
import type { PlacedLayer } from '../read/reading.ts';
import { printLayer } from './printLayer.ts';
import type { Reads } from './printLayer.ts';
import type { PythonContext } from './pythonContext.ts';

/** Layers as source, each told what the one before gives. */
export function printAll(
  context: PythonContext,
  after: number | null,
  specs: readonly LayerSpec[],
): readonly string[] {
  let reads = readsBehind(context, after);
  return specs.map((spec) => {
    const text = printLayer(context, spec, reads);
    reads = {
      width: widthBehind(spec, reads.width),
      rank: spec.type === 'flatten' ? 0 : reads.rank,
    };
    return text;
  });
}

/** How wide a layer to be written is, behind one of `before`. */
function widthBehind(spec: LayerSpec, before: number | null): number | null {
  const own = ownLayer(spec.type);
  if (own) return before === null ? null : own.widthOf(spec, before);
  const width = spec.arguments.find(({ name }) => name === 'units' || name === 'filters')?.value;
  return width?.kind === 'number' ? width.value : before;
}

/** What a layer behind another reads. */
function readsBehind(context: PythonContext, after: number | null): Reads {
  const { layers } = context.reading;
  if (after === null) {
    const first = layers[0];
    const stated = first?.draft.arguments.find(({ name }) => /^in(Features|Channels)$/.test(name));
    const width = stated?.value.kind === 'number' ? stated.value.value : null;
    return { width, rank: rankOf(first?.draft.type ?? '') };
  }
  return { width: context.widths.of(after), rank: rankBehind(layers, after) };
}

const rankOf = (type: string): Reads['rank'] => {
  const rank = /([123])d/i.exec(type)?.[1];
  return rank === '1' ? 1 : rank === '2' ? 2 : rank === '3' ? 3 : 0;
};

/** Over how many dimensions a tensor lies: by the layer that made it, or one that reads it. */
function rankBehind(layers: readonly PlacedLayer[], index: number): Reads['rank'] {
  const layer = layers[index];
  if (!layer) return 0;
  if (/^(dense|flatten|lstm|gru|simpleRNN|global)/.test(layer.draft.type)) return 0;
  if (layer.draft.type === 'inputLayer') {
    const reader = layers.find(({ inputs }) => inputs.includes(index));
    return rankOf(reader?.draft.type ?? '');
  }
  const own = rankOf(layer.draft.type);
  if (own > 0) return own;
  const input = layer.inputs[0];
  return input === undefined ? 0 : rankBehind(layers, input);
}
