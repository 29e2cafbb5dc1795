import type { ArchitectureEdit } from '../../model/edits.ts';
import { number } from '../../model/values.ts';
import { layerSpec } from '../../propose/operators/layerSpecs.ts';
import { inputNormalization } from '../../propose/operators/normalization.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import type { DataProfile, Scale } from '../../record/dataProfile.ts';
import { formatNumber } from '../../record/format.ts';
import type { Round } from '../openRound.ts';

/**
 * Deviations, or a mean in deviations, beyond which a network starts far from its targets or
 * inputs.
 */
const FAR = 10;

/** Between the deviations of the widest and the narrowest feature. */
const APART = 100;

/**
 * A batch normalisation in front: part of the builder, so that the model can be used on raw inputs.
 */
export function inputScales(round: Round): readonly Idea[] {
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
export function targetScale({ data, architecture }: Round): readonly Idea[] {
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

/** A change of the training before it is written. */
export type Idea = Omit<TrainingCandidate, 'text'> & {
  readonly edits: readonly ArchitectureEdit[];
};

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
