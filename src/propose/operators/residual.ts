import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { boolean, number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isMerge } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import {
  consumersOf,
  describe,
  endOfBlock,
  type Network,
  nextOf,
  shapeOf,
  sizedLayers,
} from './network.ts';
import type { Idea } from './operator.ts';
import type { Shape } from '../../model/lens/shape.ts';

/** A shortcut around a hidden layer; widths that differ are joined by a linear projection. */
export const residual = defineOperator({
  name: 'residual',
  family: 'residual',
  source: 'He et al., Deep Residual Learning for Image Recognition, 2015 (arXiv 1512.03385)',
  answers: {
    'not-learning': 0.5,
    underfitting: 0.45,
    plateau: 0.35,
    creeping: 0.4,
    'under-trained': 0.3,
    overfitting: -0.3,
  },
  base: 0.2,
  gain: 0.25,
  ideas: ({ network }) =>
    sizedLayers(network)
      .map((layer) => shortcut(network, layer))
      .filter((idea) => idea !== null),
});

/**
 * From the end of one hidden block to the end of the next, where nothing but that block lies
 * between.
 */
function shortcut(network: Network, layer: Layer): Idea | null {
  const from = endOfBlock(network, layer);
  const around = nextOf(network, from);
  if (!around || !sizedLayers(network).includes(around)) return null;
  const to = endOfBlock(network, around);
  const [before, after] = [shapeOf(network, from), shapeOf(network, to)];
  if (!before || !after || consumersOf(network.architecture, to).some(isMerge)) return null;
  const projection = projectionBetween(before, after);
  if (projection === 'none fits') return null;
  const edit: ArchitectureEdit = {
    kind: 'addResidual',
    from: from.index,
    to: to.index,
    projection,
  };
  const name = describe(network, around);
  const how = projection
    ? `, through a linear projection from ${before.at(-1) ?? 0} to ${after.at(-1) ?? 0}`
    : '';
  return {
    title: `Add a residual connection around ${name}`,
    edits: [edit],
    variantKey: `layer ${from.index} → ${to.index}`,
    because:
      `a shortcut around ${name}${how} hands the gradient on unweakened, so the layer only has ` +
      'to learn a correction',
    fit: projection ? 0.8 : 1,
    growth: projection ? 1.2 : 1,
  };
}

function projectionBetween(before: Shape, after: Shape): LayerSpec | null | 'none fits' {
  if (before.join() === after.join()) return null;
  if (before.length !== after.length || before.slice(0, -1).join() !== after.slice(0, -1).join())
    return 'none fits';
  const width = number(after.at(-1) ?? 0);
  if (after.length === 1) return layerSpec('dense', { units: width, useBias: boolean(false) });
  if (after.length === 3)
    return layerSpec('conv2d', {
      filters: width,
      kernelSize: number(1),
      padding: string('same'),
      useBias: boolean(false),
    });
  return 'none fits';
}
