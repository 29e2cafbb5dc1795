import type { Layer } from '../../model/architecture.ts';
import { number } from '../../model/values.ts';
import { hiddenRows } from './brainInspired.ts';
import { defineOperator } from './defineOperator.ts';
import { layerSpec } from './layerSpecs.ts';
import { activationOf, describe, widthOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

const EXPERTS = 4;

/** A dense layer in several copies, of which a gate chooses. */
export const experts = defineOperator({
  name: 'mixture-of-experts',
  family: 'brain-inspired',
  source:
    'Shazeer et al., Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts ' +
    'Layer, 2017 (arXiv 1701.06538); Jacobs et al., Adaptive Mixtures of Local Experts, 1991',
  answers: { underfitting: 0.45, plateau: 0.35, overfitting: -0.4 },
  base: 0.12,
  gain: 0.15,
  ideas: ({ network }) =>
    hiddenRows(network)
      .flatMap((layer) => [
        mixed(network, layer, { top: 2 }),
        mixed(network, layer, { top: EXPERTS }),
      ])
      .flat(),
});

function mixed(network: Network, layer: Layer, { top }: { readonly top: number }): readonly Idea[] {
  const units = widthOf(layer)?.value ?? 0;
  const isPlain = layer.arguments.every(({ name }) => PLAIN.has(name));
  // The experts have rectifiers of their own: what follows must let them through.
  const { name: activation, at } = activationOf(network, layer);
  if (!isPlain || (at !== layer && activation !== 'reLU' && activation !== 'relu')) return [];
  const share = top === EXPERTS ? `all ${EXPERTS}` : `${top} of ${EXPERTS}`;
  const spec = layerSpec('expertMixture', {
    units: number(units),
    experts: number(EXPERTS),
    top: number(top),
  });
  const name = describe(network, layer);
  return [
    {
      title: `Mix ${share} experts in place of ${name}`,
      edits: [{ kind: 'replaceLayer', layer: layer.index, with: spec }],
      variantKey: `layer ${layer.index}, ${share}`,
      because:
        `${EXPERTS} layers like ${name} each learn a part of the rows, and a gate tells for each ` +
        `row which to hear (${share}): more is known, and little more is computed`,
      fit: top === EXPERTS ? 0.85 : 1,
      growth: 2.5,
    },
  ];
}

/** What a dense layer may say and still be one of several alike. */
const PLAIN = new Set([
  'inFeatures',
  'units',
  'activation',
  'kernelInitializer',
  'name',
  'useBias',
]);
