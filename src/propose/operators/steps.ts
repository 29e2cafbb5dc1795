import type { Layer } from '../../model/architecture.ts';
import type { LayerSpec } from '../../model/edits.ts';
import { argumentOf, flagOf } from '../../model/layerArguments.ts';
import { number } from '../../model/values.ts';
import { defineOperator } from './defineOperator.ts';
import { isRecurrent } from './layerKinds.ts';
import { layerSpec } from './layerSpecs.ts';
import { describe, endOfBlock, nextOf, shapeOf, type Network } from './network.ts';
import type { Idea } from './operator.ts';

const FEWEST_STEPS = 4;
const FEWEST_FEATURES = 4;

/** A layer behind which each row is steps × features, and layers may be put. */
interface Steps {
  readonly end: Layer;
  readonly name: string;
  readonly steps: number;
  readonly features: number;
}

/** PyTorch has the channels of its convolutions before the steps. */
const readsSteps = ({ architecture }: Network): boolean =>
  !architecture.layers.some(
    (layer) =>
      layer.type === 'masking' ||
      (argumentOf(layer, 'maskZero') !== null && flagOf(layer, 'maskZero', true)) ||
      (architecture.framework === 'torch' &&
        layer.type !== 'embedding' &&
        IN_STEPS.test(layer.type)),
  );

const IN_STEPS = /1d$|^(lstm|gru|simpleRNN)$/;

function stepsOf(network: Network): readonly Steps[] {
  if (!readsSteps(network)) return [];
  return network.hidden.flatMap((layer) => {
    const end = endOfBlock(network, layer);
    const [steps = 0, features = 0, ...more] = shapeOf(network, end) ?? [];
    const isMade = layer.type === 'embedding' || layer.type === 'conv1d' || isRecurrent(layer);
    const fits = more.length === 0 && steps >= FEWEST_STEPS && features >= FEWEST_FEATURES;
    return isMade && fits && nextOf(network, end)
      ? [{ end, name: describe(network, layer), steps, features }]
      : [];
  });
}

/** One idea for each place where there are steps. */
const behindSteps = (
  network: Network,
  of: (
    place: Steps,
  ) => readonly (Omit<Idea, 'edits'> & { readonly layers: readonly LayerSpec[] })[],
): readonly Idea[] =>
  stepsOf(network).flatMap((place) =>
    of(place).map(({ layers, ...idea }) => ({
      ...idea,
      edits: [{ kind: 'insertLayers', after: place.end.index, layers }],
    })),
  );

const NEAR = 8;

/** Each step asks the others. */
export const attentionAmongSteps = defineOperator({
  name: 'self-attention',
  family: 'attention',
  source:
    'Vaswani et al., Attention Is All You Need, 2017 (arXiv 1706.03762); Beltagy, Peters & ' +
    'Cohan, Longformer, 2020 (arXiv 2004.05150): only so far',
  answers: { underfitting: 0.4, plateau: 0.4, creeping: 0.2, overfitting: -0.25 },
  calledBy: { 'many-steps': 0.5 },
  base: 0.18,
  gain: 0.2,
  ideas: ({ network }) =>
    behindSteps(network, ({ name, steps, features, end }) => {
      const heads = [4, 2, 1].find((count) => features % count === 0 && features / count >= 4) ?? 1;
      const growth = network.parameters ? 1 + (4 * features * features) / network.parameters : 1.5;
      const asks = (reach: number, words: string, fit: number) => ({
        title: `Let the steps of ${name} ask ${words}`,
        layers: [
          layerSpec('positionCodes'),
          layerSpec('selfAttention', { heads: number(heads), reach: number(reach) }),
        ],
        variantKey: `layer ${end.index}, reach ${reach}`,
        because:
          `each of the ${steps} steps behind ${name} asks ${words} in ${heads} ways and adds ` +
          'what it hears: what stands far apart is one step away, not many',
        fit,
        growth,
      });
      const all = asks(0, 'all others', 1);
      return steps > 2 * NEAR ? [all, asks(NEAR, `those at most ${NEAR} away`, 0.8)] : [all];
    }),
});

/** What each step is, is told by where it stands. */
export const positions = defineOperator({
  name: 'position-codes',
  family: 'attention',
  source: 'Vaswani et al., Attention Is All You Need, 2017 (arXiv 1706.03762), section 3.5',
  answers: { underfitting: 0.25, plateau: 0.25 },
  calledBy: { 'many-steps': 0.2 },
  base: 0.08,
  gain: 0.1,
  ideas: ({ network }) =>
    network.architecture.layers.some(isRecurrent)
      ? []
      : behindSteps(network, ({ name, steps, end }) => [
          {
            title: `Tell each step of ${name} where it stands`,
            layers: [layerSpec('positionCodes')],
            variantKey: `layer ${end.index}`,
            because:
              `sines and cosines of its place are added to each of the ${steps} steps behind ` +
              `${name}: what follows knows first from last`,
          },
        ]),
});

/** All steps and features tell together, without a weight. */
export const mixing = defineOperator({
  name: 'fourier-mixing',
  family: 'spectral',
  source: 'Lee-Thorp et al., FNet: Mixing Tokens with Fourier Transforms, 2021 (arXiv 2105.03824)',
  answers: { underfitting: 0.25, plateau: 0.25, overfitting: 0.1 },
  calledBy: { 'many-steps': 0.3 },
  base: 0.1,
  gain: 0.12,
  ideas: ({ network }) =>
    behindSteps(network, ({ name, steps, end }) => [
      {
        title: `Mix the ${steps} steps of ${name} by a Fourier transform`,
        layers: [layerSpec('spectralMixing')],
        variantKey: `layer ${end.index}`,
        because:
          `to each step behind ${name} is added what all ${steps} steps and all features come to ` +
          'in a Fourier transform: everything reaches everything, without a weight more',
      },
    ]),
});

/** A memory of the steps before, written as the row is read. */
export const hebbian = defineOperator({
  name: 'fast-weights',
  family: 'brain-inspired',
  source: 'Ba et al., Using Fast Weights to Attend to the Recent Past, 2016 (arXiv 1610.06258)',
  answers: { underfitting: 0.35, plateau: 0.35 },
  calledBy: { 'many-steps': 0.35 },
  base: 0.1,
  gain: 0.12,
  ideas: ({ network }) =>
    behindSteps(network, ({ name, steps, end }) => [
      {
        title: `Remember the steps of ${name} by fast weights`,
        layers: [layerSpec('fastWeights', { decay: number(0.95) })],
        variantKey: `layer ${end.index}`,
        because:
          `each of the ${steps} steps behind ${name} is written into a matrix that fades by 5 % ` +
          'a step, and asks it what was like it before: what came early is found by likeness',
      },
    ]),
});
