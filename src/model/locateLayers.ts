import type { BuiltLayer, BuiltModel } from './builtModel.ts';
import type { LayerLens, Lens } from './lens/lens.ts';
import { isKnown } from './lens/shape.ts';

/** A layer with where it is written and what is known of it; `null`: not known. */
export interface LocatedLayer {
  readonly type: string;
  /** 1-based line in the model file; `null` for a layer that no source line could be found for. */
  readonly line: number | null;
  /** Without the batch dimension. */
  readonly outputShape: readonly (number | null)[] | null;
  readonly parameters: number | null;
  /** Of one forward pass of one example. */
  readonly flops: number | null;
}

/**
 * Joins the layers as written with the layers as built, in the order they were built. A layer
 * written in a loop is built several times and keeps its line. Without a built model, the layers as
 * the source tells them.
 */
export function locateLayers({ layers }: Lens, built: BuiltModel | null): readonly LocatedLayer[] {
  if (!built) return layers.map(asWritten);
  const waiting = [...layers];
  const { from, to } = loadedIn(layers, built);
  let lastOfType: LayerLens | undefined;
  return built.layers.map((layer, place) => {
    if (place >= from && place < to) return { ...asBuilt(layer), line: lineOf(layers[from]) };
    const index = waiting.findIndex((written) => sameType(written, layer));
    const [written] =
      index < 0
        ? [lastOfType && sameType(lastOfType, layer) ? lastOfType : undefined]
        : waiting.splice(index, 1);
    lastOfType = written ?? lastOfType;
    return {
      ...asBuilt(layer),
      ...(written && {
        type: written.layer.type,
        line: lineOf(written),
        flops: written.flops,
      }),
    };
  });
}

/** Which of the built layers stand for a saved model that is loaded: all that nobody wrote. */
function loadedIn(
  layers: readonly LayerLens[],
  { layers: built }: BuiltModel,
): { readonly from: number; readonly to: number } {
  const from = layers.findIndex(({ layer }) => layer.type === 'loadedModel');
  return from < 0 ? { from, to: from } : { from, to: from + built.length - layers.length + 1 };
}

const lineOf = (written: LayerLens | undefined): number | null =>
  written?.layer.range.startLine ?? null;

const asWritten = ({ layer, outputShape, parameters, flops }: LayerLens): LocatedLayer => ({
  type: layer.type,
  line: layer.range.startLine,
  outputShape: isKnown(outputShape) ? outputShape : null,
  parameters,
  flops,
});

const asBuilt = ({ className, outputShape, parameters }: BuiltLayer): LocatedLayer => ({
  type: camelCase(className),
  line: null,
  outputShape,
  parameters,
  flops: null,
});

const sameType = ({ layer }: LayerLens, built: BuiltLayer): boolean =>
  layer.type.toLowerCase() === built.className.toLowerCase();

const camelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
