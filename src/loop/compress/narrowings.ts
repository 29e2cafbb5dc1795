import type { ArchitectureEdit } from '../../model/edits.ts';
import { weightBytes } from '../../model/quantize.ts';
import { pruneUnits, widthsOf } from '../../model/prune.ts';
import { number } from '../../model/values.ts';
import { networkOf, sizedLayers, widthOf } from '../../propose/operators/network.ts';
import type { Ports } from '../ports.ts';
import { diffOf } from './diffOf.ts';
import type { Original } from './original.ts';

/** The builder with smaller numbers. */
export interface Narrowing {
  readonly text: string;
  readonly diff: string;
  /** Of each layer that became narrower, in order. */
  readonly widths: readonly number[];
  /** `16 → 8, 32 → 16`. */
  readonly change: string;
}

/** Share of the units that is tried where no limit says how many may stay. */
const HALF = 1 / 2;
const SMALLEST = 2;
/** Steps between nothing and all of the units. */
const STEPS = 64;

/**
 * The attempt's builder with as many units and filters in its hidden layers as the limit allows, at
 * most a half, and with half of those; none where its layers are no chain, or their widths are not
 * written as numbers.
 */
export function narrowings(
  original: Original,
  limit: number,
  { syntax }: Ports,
): readonly Narrowing[] {
  const { architecture, file, model } = original;
  const layers = sizedLayers(networkOf(architecture, null));
  const written = layers.map((layer) => widthOf(layer)?.value ?? 0);
  if (written.length === 0 || written.join() !== widthsOf(model).join()) return [];
  return widthsFor(original, written, limit).flatMap((widths) => {
    const edits = layers.map((layer, index): ArchitectureEdit => ({
      kind: 'setArgument',
      layer: layer.index,
      name: widthOf(layer)?.name ?? 'units',
      value: number(widths[index] ?? 0),
    }));
    const text = syntax.write(file.text, architecture, edits);
    const change = written.map((width, index) => `${width} → ${widths[index] ?? 0}`).join(', ');
    return text.ok
      ? [{ text: text.value, widths, change, diff: diffOf(original, text.value) }]
      : [];
  });
}

/** As many units as the limit takes with bytes for weights, at most a half; and half of them. */
function widthsFor(
  { model }: Original,
  written: readonly number[],
  limit: number,
): readonly (readonly number[])[] {
  const fits = (factor: number): boolean =>
    weightBytes(pruneUnits(model, narrowed(written, factor)), 'uint8') <= limit;
  const most = Array.from({ length: STEPS }, (_, step) => HALF * (1 - step / STEPS)).find(fits);
  if (most === undefined) return [];
  const [first, second] = [most, most / 2].map((factor) => narrowed(written, factor));
  const isSame = first?.join() === second?.join();
  return [first, isSame ? undefined : second].filter((widths) => widths !== undefined);
}

const narrowed = (widths: readonly number[], factor: number): readonly number[] =>
  widths.map((width) => Math.max(SMALLEST, Math.floor(width * factor)));
