import type { DataProfile } from '../../../record/dataProfile.ts';
import { foretells } from './foretells.ts';
import type { OutputFacts, StudyData } from './types.ts';

/** What Cortex is told of the data: of several inputs or outputs the first, and all. */
export function profileOf(data: StudyData): DataProfile {
  const { inputs, outputs, rows, hash, scales, foldable } = data;
  const [first] = outputs;
  if (!first) throw new Error('Data without an output.');
  const isList = isListOfUnits(first);
  return {
    task: first.task,
    inputShape: [...(inputs[0]?.shape ?? [])],
    outputUnits: first.units,
    rows,
    classShares: [...first.classShares],
    hash,
    ...(!isList && { outputShape: [...first.shape] }),
    ...(inputs.length > 1 && { inputs: inputs.map(({ name, shape }) => ({ name, shape })) }),
    ...(outputs.length > 1 && {
      outputs: outputs.map(({ name, task, shape, units }) => ({ name, task, shape, units })),
    }),
    ...(scales && { scales }),
    ...(foldable && { foldable }),
    ...(foretells(data) && { foretells: true }),
  };
}

const isListOfUnits = ({ shape, units }: OutputFacts): boolean =>
  shape.length === 1 && shape[0] === units;
