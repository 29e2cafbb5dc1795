import { createTwoFilesPatch } from 'diff';
import type { ArchitectureEdit } from '../../model/edits.ts';
import { weightBytes } from '../../model/quantize.ts';
import { pruneUnits, widthsOf } from '../../model/prune.ts';
import { number } from '../../model/values.ts';
import { networkOf, sizedLayers, widthOf } from '../../propose/operators/network.ts';
import { fileName } from '../../util/fileName.ts';
import type { Ports } from '../ports.ts';
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

const FACTORS = [1 / 2, 1 / 4] as const;
const SMALLEST = 2;

/**
 * The attempt's builder with a half and a quarter of the units and filters of its hidden layers;
 * none where its layers are no chain, their widths are not written as numbers, or even bytes would
 * be too large.
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
  return FACTORS.flatMap((factor) => {
    const widths = written.map((width) => Math.max(SMALLEST, Math.round(width * factor)));
    const edits = layers.map((layer, index): ArchitectureEdit => ({
      kind: 'setArgument',
      layer: layer.index,
      name: widthOf(layer)?.name ?? 'units',
      value: number(widths[index] ?? 0),
    }));
    if (weightBytes(pruneUnits(model, widths), 'uint8') > limit) return [];
    const text = syntax.write(file.text, architecture, edits);
    const change = written.map((width, index) => `${width} → ${widths[index] ?? 0}`).join(', ');
    return text.ok
      ? [{ text: text.value, widths, change, diff: diffOf(original, text.value) }]
      : [];
  });
}

function diffOf({ file }: Original, text: string): string {
  const name = fileName(file.path);
  const context = { context: 3 };
  return createTwoFilesPatch(
    `a/${name}`,
    `b/${name}`,
    file.text,
    text,
    undefined,
    undefined,
    context,
  );
}
