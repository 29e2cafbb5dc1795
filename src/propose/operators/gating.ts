import type { Layer } from '../../model/architecture.ts';
import { numberOf } from '../../model/layerArguments.ts';
import { number, string } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isDense } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { type Network, describe, endOfBlock, nextOf, shapeOf } from './network.ts';
import type { Idea } from './operator.ts';

const FEWEST_UNITS = 8;

/** Each unit is multiplied by a weight that all units of its layer tell together. */
export const gatedUnits = defineOperator({
  name: 'gated-units',
  family: 'attention',
  source:
    'Miech, Laptev & Sivic, Learnable Pooling with Context Gating, 2017 (arXiv 1706.06905); ' +
    'after Dauphin et al., Language Modeling with Gated Convolutional Networks, 2016 ' +
    '(arXiv 1612.08083)',
  answers: { underfitting: 0.35, plateau: 0.35, creeping: 0.2, overfitting: -0.2 },
  base: 0.14,
  gain: 0.12,
  ideas: ({ network }) =>
    network.architecture.framework === 'torch'
      ? []
      : network.hidden.filter(isDense).flatMap((layer) => gated(network, layer)),
});

function gated(network: Network, layer: Layer): readonly Idea[] {
  const end = endOfBlock(network, layer);
  const units = numberOf(layer, 'units') ?? 0;
  if (units < FEWEST_UNITS || shapeOf(network, end)?.length !== 1 || !nextOf(network, end))
    return [];
  const gate = layerSpec('dense', { units: number(units), activation: string('sigmoid') });
  return [
    {
      title: `Gate the units of ${describe(network, layer)}`,
      edits: [{ kind: 'addBranch', at: end.index, layers: [gate], merge: layerSpec('multiply') }],
      variantKey: `layer ${layer.index}`,
      because:
        `each of the ${units} units of ${describe(network, layer)} is multiplied by a weight ` +
        'between 0 and 1 that all of them tell together, so that products of features can be ' +
        'said as well as sums',
      growth: network.parameters ? 1 + (units * units + units) / network.parameters : 1.3,
    },
  ];
}
