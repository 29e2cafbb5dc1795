import { formatNumber } from '../../record/format.ts';
import type { ArchitectureEdit, OptimizerSpec } from '../../model/edits.ts';
import { number } from '../../model/values.ts';
import { inputNormalization } from '../../propose/operators/normalization.ts';
import { layerSpec } from '../../propose/operators/layerSpecs.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import { compileWith, optimizerOf, usualRate } from '../../propose/operators/training.ts';
import type { DataProfile, Scale } from '../../record/dataProfile.ts';
import type { Ports } from '../ports.ts';
import type { Round } from '../openRound.ts';

/**
 * A change of how the baseline is trained, or of the scales it meets; its layers stay as they are.
 */
export interface TrainingCandidate {
  readonly operator: string;
  readonly family: string;
  readonly title: string;
  /** `learning rate 0.01 instead of 0.001`. */
  readonly change: string;
  /** What is wrong with the baseline, should this be better. */
  readonly fault: string;
  /** Another way to the same end, as a sentence; empty where there is none. */
  readonly instead: string;
  /** The model file's text with the change. */
  readonly text: string;
}

type Idea = Omit<TrainingCandidate, 'text'> & { readonly edits: readonly ArchitectureEdit[] };

/** Around the rate in use. */
const FACTORS = [1 / 3, 3, 10] as const;
const LARGEST_RATE = 0.3;
/**
 * Deviations, or a mean in deviations, beyond which a network starts far from its targets or
 * inputs.
 */
const FAR = 10;
/** Between the deviations of the widest and the narrowest feature. */
const APART = 100;

/**
 * What the check tries on a builder: a third, three and ten times the learning rate, the usual one
 * of the optimiser where that is far away, and scales where the data asks for them.
 */
export function trainingCandidates(
  round: Round,
  { syntax }: Pick<Ports, 'syntax'>,
): readonly TrainingCandidate[] {
  const ideas = [...learningRates(round), ...inputScales(round), ...targetScale(round)];
  return ideas.flatMap(({ edits, ...idea }) => {
    const written = syntax.write(round.model.text, round.architecture, edits);
    return written.ok ? [{ ...idea, text: written.value }] : [];
  });
}

function learningRates(round: Round): readonly Idea[] {
  const optimizer = optimizerOf(openContext(round));
  if (!optimizer) return [];
  const { learningRate: own, type } = optimizer;
  const rates = FACTORS.map((factor) => Number((own * factor).toPrecision(2))).filter(
    (rate) => rate <= LARGEST_RATE,
  );
  const usual = usualRate(type);
  const isFar =
    usual > own * Math.max(...FACTORS) ||
    usual < (own * Math.min(...FACTORS)) / Math.max(...FACTORS);
  return [...rates, ...(isFar ? [usual] : [])].map((rate) => learningRate(round, optimizer, rate));
}

function learningRate(round: Round, optimizer: OptimizerSpec, rate: number): Idea {
  const [own, other] = [formatNumber(optimizer.learningRate), formatNumber(rate)];
  return {
    operator: 'learning-rate-probe',
    family: 'learning-rate',
    title: `Learning rate ${own} → ${other}`,
    change: `learning rate ${other} instead of ${own}`,
    fault:
      rate > optimizer.learningRate
        ? 'is under-trained, not too small'
        : 'takes steps that are too large',
    instead: '',
    edits: [compileWith(openContext(round), { optimizer: { ...optimizer, learningRate: rate } })],
  };
}

/**
 * A batch normalisation in front: part of the builder, so that the model can be used on raw inputs.
 */
function inputScales(round: Round): readonly Idea[] {
  const features = round.data?.scales?.features;
  const [candidate] = inputNormalization.candidates(openContext(round));
  if (!features || !candidate || !isUneven(features)) return [];
  return [
    {
      operator: 'input-scale',
      family: 'scale',
      title: candidate.title,
      change: 'inputs brought to one scale by a batch normalisation in front',
      fault:
        'meets features of very different scales (deviations from ' +
        `${formatNumber(features.smallest)} to ${formatNumber(features.largest)})`,
      instead:
        'The line "preprocessing": { "standardizeInputs": true } in cortex.json does the ' +
        'same outside the model.',
      edits: candidate.edits,
    },
  ];
}

/**
 * A fixed scale and offset behind the output: the network works in small numbers, its answers keep
 * their units.
 */
function targetScale({ data, architecture }: Round): readonly Idea[] {
  const target = data?.scales?.target;
  const last = architecture.layers.at(-1);
  if (!target || !last || last.type === 'rescaling' || !isFarOff(target)) return [];
  const [scale, offset] = [
    Number(target.deviation.toPrecision(3)),
    Number(target.mean.toPrecision(3)),
  ];
  return [
    {
      operator: 'target-scale',
      family: 'scale',
      title:
        `Rescale the output to the targets: times ${formatNumber(scale)}, plus ` +
        `${formatNumber(offset)}`,
      change:
        `an output scaled to the targets (times ${formatNumber(scale)}, plus ` +
        `${formatNumber(offset)})`,
      fault:
        'is asked for numbers far from those a network starts with (targets: mean ' +
        `${formatNumber(target.mean)}, deviation ${formatNumber(target.deviation)})`,
      instead:
        'The line "preprocessing": { "scaleTargets": true } in cortex.json does the same ' +
        'outside the model; losses are then in scaled units.',
      edits: [
        {
          kind: 'insertLayers',
          after: last.index,
          layers: [layerSpec('rescaling', { scale: number(scale), offset: number(offset) })],
        },
      ],
    },
  ];
}

const isFarOff = ({ mean, deviation }: Scale): boolean =>
  deviation > FAR || deviation < 1 / FAR || Math.abs(mean) > FAR * deviation;

const isUneven = ({
  smallest,
  largest,
  offset,
}: NonNullable<NonNullable<DataProfile['scales']>['features']>): boolean =>
  largest > APART * smallest || largest > APART || offset > APART;
