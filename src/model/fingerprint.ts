import type { Architecture } from './architecture.ts';
import { canonicalLayers } from './canonicalLayers.ts';
import type { CanonicalLayer } from './canonicalLayers.ts';
import { compileText } from './canonicalCompile.ts';

/**
 * Canonical, readable one-line form of what a builder builds: equal for equivalent builders,
 * different for different ones. Formatting, constants, names, seeds, metrics, written-out defaults
 * and the order of independent statements do not count;
 * `dense > relu` and `dense(activation: 'relu')` are the same, and so are a sequential model and
 * the same chain written functionally.
 */
export function fingerprint(architecture: Architecture): string {
  const body =
    architecture.style === 'opaque' ? 'opaque' : graphText(canonicalLayers(architecture));
  const compile = architecture.compile
    ? ` | ${compileText(architecture.compile, architecture)}`
    : '';
  const unfollowed =
    architecture.unfollowed === undefined ? '' : ` | source #${shortHash(architecture.unfollowed)}`;
  return `${body}${compile}${unfollowed}`;
}

const COMMUTATIVE = new Set(['add', 'multiply', 'average', 'maximum', 'minimum']);

/**
 * Layers in an order that follows from the graph alone; an input that is not the layer before is
 * named by its number.
 */
function graphText(layers: readonly CanonicalLayer[]): string {
  const trees = new Map<number, string>();
  const treeOf = (index: number): string => {
    const known = trees.get(index);
    if (known !== undefined) return known;
    const layer = layers[index];
    const tree = layer ? `${layer.text}<${orderedInputs(layer, treeOf).map(treeOf).join()}>` : '';
    trees.set(index, tree);
    return tree;
  };
  const order: number[] = [];
  const visit = (index: number): void => {
    const layer = layers[index];
    if (!layer || order.includes(index)) return;
    for (const input of orderedInputs(layer, treeOf)) visit(input);
    order.push(index);
  };
  for (const end of ends(layers)) visit(end);
  return (
    order.map((index, position) => layerText(layers[index], position, order)).join(' > ') ||
    'no layers'
  );
}

function layerText(
  layer: CanonicalLayer | undefined,
  position: number,
  order: readonly number[],
): string {
  if (!layer) return '';
  const inputs = layer.inputs.map((input) => order.indexOf(input));
  const fromBefore =
    inputs.length === 0 ? position === 0 : inputs.length === 1 && inputs[0] === position - 1;
  const named = COMMUTATIVE.has(layer.type) ? inputs.toSorted((a, b) => a - b) : inputs;
  return fromBefore ? layer.text : `${layer.text}@${named.join('+')}`;
}

const orderedInputs = (
  layer: CanonicalLayer,
  treeOf: (index: number) => string,
): readonly number[] =>
  COMMUTATIVE.has(layer.type)
    ? layer.inputs.toSorted((a, b) => (treeOf(a) < treeOf(b) ? -1 : 1))
    : layer.inputs;

/** Layers that no other layer reads. */
function ends(layers: readonly CanonicalLayer[]): number[] {
  const read = new Set(layers.flatMap(({ inputs }) => inputs));
  return layers.flatMap((_, index) => (read.has(index) ? [] : [index]));
}

/** 53 bits of a text as hex (cyrb53): tells sources apart where their layers cannot be followed. */
function shortHash(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(16);
}
