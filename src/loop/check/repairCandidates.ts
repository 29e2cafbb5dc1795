import type { Failure } from '../../record/trial.ts';
import { formatNumber } from '../../record/format.ts';
import type { ArchitectureEdit } from '../../model/edits.ts';
import { list, number, string } from '../../model/values.ts';
import { inputNormalization } from '../../propose/operators/normalization.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import { outputActivation } from '../../propose/operators/activations.ts';
import {
  compileWith,
  optimizerOf,
  usualLoss,
  usualRate,
} from '../../propose/operators/training.ts';
import type { Round } from '../openRound.ts';

/** A change that may let a baseline train which cannot. */
export interface RepairCandidate {
  readonly title: string;
  readonly because: string;
  readonly edits: readonly ArchitectureEdit[];
}

/** What may mend a builder that fails so, likeliest first; empty where only its author can tell. */
export function repairCandidates(
  round: Round,
  { kind }: Pick<Failure, 'kind'>,
): readonly RepairCandidate[] {
  switch (kind) {
    case 'not-a-number':
      return [...smallerSteps(round), ...normalizedInputs(round), ...usualOutput(round)];
    case 'shape':
      return fittingShapes(round);
    case 'builder':
      return [...usualOutput(round), ...fittingShapes(round)];
    default:
      return [];
  }
}

/**
 * Times the usual learning rate: from there on steps are counted down from the usual one, as a
 * tenth would be no better.
 */
const ABSURD = 1_000;

function smallerSteps(round: Round): readonly RepairCandidate[] {
  const context = openContext(round);
  const optimizer = optimizerOf(context);
  if (!optimizer) return [];
  const start =
    optimizer.learningRate > ABSURD * usualRate(optimizer.type)
      ? 10 * usualRate(optimizer.type)
      : optimizer.learningRate;
  return [0.1, 0.01, 0.001].flatMap((factor) => {
    const rate = Number((start * factor).toPrecision(2));
    if (rate < 1e-6) return [];
    return [
      {
        title: `Learning rate ${formatNumber(optimizer.learningRate)} → ${formatNumber(rate)}`,
        because: 'smaller steps keep the weights from growing beyond all numbers',
        edits: [compileWith(context, { optimizer: { ...optimizer, learningRate: rate } })],
      },
    ];
  });
}

const normalizedInputs = (round: Round): readonly RepairCandidate[] =>
  inputNormalization.candidates(openContext(round)).map(({ title, edits }) => ({
    title,
    because: 'inputs of one scale keep the first layer from overflowing',
    edits,
  }));

/** The loss of the task and an output that suits it. */
function usualOutput(round: Round): readonly RepairCandidate[] {
  const context = openContext(round);
  const loss = usualLoss(context);
  const activations = outputActivation
    .candidates(context)
    .map(({ title, edits }) => ({ title, because: 'the output has to suit the loss', edits }));
  return [
    ...activations,
    {
      title: `Train with ${loss}`,
      because: 'it is the loss of this task and of the form its targets come in',
      edits: [compileWith(context, { loss: { kind: 'named', name: loss } })],
    },
  ];
}

/** Units and input shape as the data has them. */
function fittingShapes({ architecture, data }: Round): readonly RepairCandidate[] {
  const [first, last] = [
    architecture.layers[0],
    architecture.layers.findLast(({ type }) => type === 'dense'),
  ];
  if (!data || !first || !last) return [];
  const units: ArchitectureEdit = {
    kind: 'setArgument',
    layer: last.index,
    name: 'units',
    value: number(data.outputUnits),
  };
  const shape: ArchitectureEdit = {
    kind: 'setArgument',
    layer: first.index,
    name: first.type === 'inputLayer' || first.type === 'input' ? 'shape' : 'inputShape',
    value: list(...data.inputShape.map(number)),
  };
  const softmax: readonly ArchitectureEdit[] =
    data.task === 'classification'
      ? [{ kind: 'setArgument', layer: last.index, name: 'activation', value: string('softmax') }]
      : [];
  const [inputs, outputs] = [`[${data.inputShape.join(', ')}]`, String(data.outputUnits)];
  return [
    {
      title: `Give the output ${outputs} units`,
      because: `the data has ${outputs} of them`,
      edits: [units],
    },
    {
      title: `Take inputs of shape ${inputs}`,
      because: 'that is the shape of the data',
      edits: [shape],
    },
    {
      title: `Take inputs of shape ${inputs} and give the output ${outputs} units`,
      because: 'those are the shapes of the data',
      edits: [shape, units, ...softmax],
    },
  ];
}
