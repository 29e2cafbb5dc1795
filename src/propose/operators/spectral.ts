import type { Layer } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isDense, isInput } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { activationOf, consumersOf, describe, inputShapeOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

const MOST_INPUTS = 32;
const WAVES = 16;

/** Sines and cosines of the inputs, beside the inputs. */
export const fourierFront = defineOperator({
  name: 'fourier-features',
  family: 'spectral',
  source:
    'Tancik et al., Fourier Features Let Networks Learn High Frequency Functions in Low ' +
    'Dimensional Domains, 2020 (arXiv 2006.10739)',
  answers: { underfitting: 0.45, plateau: 0.4, creeping: 0.3, overfitting: -0.3 },
  calledBy: { waves: 0.8 },
  base: 0.12,
  gain: 0.3,
  ideas: ({ network, config }) => {
    const [inputs = 0, ...more] = inputShapeOf(network) ?? [];
    const first = firstRow(network);
    if (!first || more.length > 0 || inputs < 1 || inputs > MOST_INPUTS) return [];
    const scales = config.preprocessing.standardizeInputs ? [1, 3] : [1];
    return scales.map((scale) => ({
      title: `Add ${WAVES} waves of the inputs (scale ${scale})`,
      edits: [
        {
          kind: 'insertLayers',
          after: first.after,
          layers: [
            ...first.before,
            layerSpec('fourierFeatures', { waves: number(WAVES), scale: number(scale) }),
          ],
        },
      ],
      variantKey: `input, scale ${scale}`,
      because:
        `sine and cosine of ${WAVES} learned mixtures of the ${inputs} inputs stand beside them: ` +
        'dense layers learn slow changes first and fast ones hardly at all, and with waves to ' +
        'begin from they need not',
      fit: scale === 1 ? 0.9 : 1,
      growth: 1.3,
    }));
  },
});

interface FirstRow {
  readonly after: number | 'input';
  /** What takes the input shape from a first layer, as one that comes along cannot. */
  readonly before: readonly LayerSpec[];
}

/** Where the first dense layer reads the inputs. */
function firstRow(network: Network): FirstRow | null {
  const { architecture, hidden } = network;
  const input = architecture.layers.find(isInput);
  const readers = input ? consumersOf(architecture, input) : architecture.layers.slice(0, 1);
  const [reader, ...others] = readers;
  if (!reader || others.length > 0 || !isDense(reader) || !hidden.includes(reader)) return null;
  const isStated = !input && architecture.framework === undefined;
  return { after: input?.index ?? 'input', before: isStated ? [layerSpec('inputLayer')] : [] };
}

/** An activation that is periodic and grows. */
export const periodicActivation = defineOperator({
  name: 'periodic-activation',
  family: 'spectral',
  source:
    'Ziyin, Hartwig & Ueda, Neural Networks Fail to Learn Periodic Functions and How to Fix It, ' +
    '2020 (arXiv 2006.08195)',
  answers: { underfitting: 0.35, plateau: 0.3, creeping: 0.2 },
  calledBy: { waves: 0.65 },
  base: 0.08,
  gain: 0.2,
  ideas: ({ network }) => network.hidden.flatMap((layer) => turned(network, layer)),
});

function turned(network: Network, layer: Layer): readonly Idea[] {
  const { name, at } = activationOf(network, layer);
  if (!isDense(layer) || !RECTIFIERS.has(name)) return [];
  const snake = layerSpec('snake');
  const edits: readonly ArchitectureEdit[] =
    at === layer
      ? [
          { kind: 'removeArgument', layer: layer.index, name: 'activation' },
          { kind: 'insertLayers', after: layer.index, layers: [snake] },
        ]
      : [{ kind: 'replaceLayer', layer: at.index, with: snake }];
  return [
    {
      title: `Let ${describe(network, layer)} swing: x + sin²(a x) / a in place of ${name}`,
      edits,
      variantKey: `layer ${layer.index}`,
      because:
        `${name} behind ${describe(network, layer)} can only bend; x + sin²(a x) / a with a ` +
        'learned a comes back to where it was, and goes on beyond the rows it has seen',
    },
  ];
}

const RECTIFIERS = new Set(['relu', 'elu', 'selu', 'tanh', 'leakyReLU', 'swish', 'gelu']);
