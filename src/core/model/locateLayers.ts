import type { BuiltLayer, BuiltModel } from '../ports.ts';
import type { Architecture, Layer } from './architecture.ts';

/** A layer with where it is written and what the runtime made of it. */
export interface LocatedLayer {
  readonly type: string;
  /** 1-based line in the model file; `null` for a layer that no source line could be found for. */
  readonly line: number | null;
  /** Without the batch dimension. */
  readonly outputShape: readonly (number | null)[] | null;
  readonly parameters: number | null;
}

/**
 * Joins the layers as written with the layers as built, in the order they were built. A layer written in a loop is built
 * several times and keeps its line. Without a built model, the layers as written.
 */
export function locateLayers(architecture: Architecture, built: BuiltModel | null): readonly LocatedLayer[] {
  if (!built) return architecture.layers.map((layer) => ({ type: layer.type, line: layer.range.startLine, outputShape: null, parameters: null }));
  const waiting = [...architecture.layers];
  let lastOfType: Layer | undefined;
  return built.layers.map((layer) => {
    const index = waiting.findIndex((written) => sameType(written, layer));
    const [written] = index < 0 ? [lastOfType && sameType(lastOfType, layer) ? lastOfType : undefined] : waiting.splice(index, 1);
    lastOfType = written ?? lastOfType;
    return { type: written?.type ?? camelCase(layer.className), line: written?.range.startLine ?? null, outputShape: layer.outputShape, parameters: layer.parameters };
  });
}

const sameType = (written: Layer, built: BuiltLayer): boolean => written.type.toLowerCase() === built.className.toLowerCase();

const camelCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
