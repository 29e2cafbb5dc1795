import type { Value } from '../../../../model/values.ts';
import type { OwnLayer } from '../../../../model/ownLayers/ownLayer.ts';
import { ownLayer } from '../../../../model/ownLayers/ownLayers.ts';
import type { PlacedLayer } from '../read/reading.ts';
import { isPooledToOne } from './grid.ts';

/** Arguments of PyTorch's layers that say how wide the layer before is. */
export const STATED = ['inFeatures', 'inChannels', 'features'];

/** How wide the layers of a PyTorch model are, as their readers have to say it. */
export class Widths {
  readonly #layers: readonly PlacedLayer[];
  /** How many numbers a flatten makes of one channel, by its place. */
  readonly #factors: ReadonlyMap<number, number>;

  constructor(layers: readonly PlacedLayer[], factors: ReadonlyMap<number, number> | null = null) {
    this.#layers = layers;
    this.#factors = factors ?? this.#factorsOf();
  }

  /** The factors with the places they have after an edit. */
  movedFactors(moved: readonly (number | null)[]): ReadonlyMap<number, number> {
    const result = new Map<number, number>();
    for (const [index, factor] of this.#factors) {
      const now = moved[index];
      if (now !== undefined && now !== null) result.set(now, factor);
    }
    return result;
  }

  /** Channels or numbers that a layer gives; `null` where the source does not say. */
  of(index: number | undefined): number | null {
    const layer = index === undefined ? undefined : this.#layers[index];
    if (!layer || index === undefined) return null;
    const own = ownWidth(layer);
    if (own !== null) return own;
    const brought = ownLayer(layer.draft.type);
    if (brought) return this.#brought(brought, layer);
    switch (layer.draft.type) {
      case 'inputLayer':
        return this.#statedByReaders(index);
      case 'flatten':
        return this.#flat(index, layer);
      case 'concatenate':
        return sum(layer.inputs.map((input) => this.of(input)));
      case 'reshape':
      case 'unflatten':
        return null;
      default:
        return this.of(layer.inputs[0]);
    }
  }

  /** Of a layer whose source came along. */
  #brought(own: OwnLayer, { draft, inputs }: PlacedLayer): number | null {
    const before = this.of(inputs[0]) ?? statedIn(draft.arguments);
    return before === null ? null : own.widthOf(draft, before);
  }

  /** What a reader has to say of its input; `null` where it need not or cannot. */
  neededBy({ inputs, draft }: PlacedLayer): number | null {
    if (!STATED.some((name) => numberIn(draft.arguments, name) !== null)) return null;
    return this.of(inputs[0]);
  }

  #flat(index: number, layer: PlacedLayer): number | null {
    const width = this.of(layer.inputs[0]);
    const factor = isPooledToOne(this.#layers, layer) ? 1 : this.#factors.get(index);
    return width === null || factor === undefined ? null : width * factor;
  }

  #statedByReaders(index: number): number | null {
    for (const { inputs, draft } of this.#layers) {
      if (!inputs.includes(index)) continue;
      const stated = statedIn(draft.arguments);
      if (stated !== null) return stated;
    }
    return null;
  }

  #factorsOf(): ReadonlyMap<number, number> {
    const factors = new Map<number, number>();
    for (const [index, layer] of this.#layers.entries()) {
      if (layer.draft.type !== 'flatten') continue;
      const stated = this.#readBehind(index);
      const width = new Widths(this.#layers, factors).of(layer.inputs[0]);
      if (stated !== null && width !== null && width > 0) factors.set(index, stated / width);
    }
    return factors;
  }

  /** What the first layer behind `index` that says its input's size says. */
  #readBehind(index: number): number | null {
    const reader = this.#layers.findIndex(({ inputs }) => inputs.includes(index));
    const layer = this.#layers[reader];
    if (!layer) return null;
    return (
      statedIn(layer.draft.arguments) ??
      (ownWidth(layer) === null ? this.#readBehind(reader) : null)
    );
  }
}

function ownWidth({ draft }: PlacedLayer): number | null {
  const units = numberIn(draft.arguments, 'units') ?? numberIn(draft.arguments, 'outputDim');
  const filters = numberIn(draft.arguments, 'filters');
  const both = draft.arguments.some(
    ({ name, value }) => name === 'bidirectional' && value.kind === 'boolean' && value.value,
  );
  return units === null ? filters : units * (both ? 2 : 1);
}

interface Named {
  readonly name: string;
  readonly value: Value;
}

const statedIn = (args: readonly Named[]): number | null =>
  STATED.map((name) => numberIn(args, name)).find((value) => value !== null) ?? null;

const numberIn = (args: readonly Named[], name: string): number | null => {
  const value = args.find((argument) => argument.name === name)?.value;
  return value?.kind === 'number' ? value.value : null;
};

const sum = (parts: readonly (number | null)[]): number | null =>
  parts.reduce<number | null>((all, one) => (all === null || one === null ? null : all + one), 0);

/** What a layer says of the width of what it reads; `null` where it says nothing. */
export function statedOf(
  args: readonly Named[],
): { readonly name: string; readonly value: number } | null {
  const found = args.find(({ name }) => STATED.includes(name));
  return found?.value.kind === 'number' ? { name: found.name, value: found.value.value } : null;
}

export const statedWidth = (args: readonly Named[]): number | null => statedOf(args)?.value ?? null;
