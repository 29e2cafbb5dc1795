import type { OperatorContext } from '../../propose/operators/operatorContext.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import type { Configuration, Dimension } from './dimension.ts';
import type { Lever } from './lever.ts';
import type { Mark } from '../marks/mark.ts';
import { numberLevers } from './numberLevers.ts';
import { depthLevers, operatorLevers } from './operatorLevers.ts';
import { Space } from './space.ts';

/** A space and how its configurations are written. */
export interface BuilderSpace {
  readonly space: Space;
  /** Written first, into the text as it stands. */
  readonly marks: readonly Mark[];
  /** Groups of levers that are written one after the other; those of a group at once. */
  readonly stages: readonly (readonly Lever[])[];
}

export const BATCH_SIZE = 'batch size';

/** All that can be searched of a builder and of its training; the marks of its text first. */
export function readSpace(
  context: OperatorContext,
  rows: number | null,
  marks: readonly Mark[] = [],
): BuilderSpace {
  const numbers = numberLevers(context);
  const further = [...depthLevers(context), ...operatorLevers(context)];
  const dimensions = [...numbers, ...further].flatMap((lever) => lever.dimensions);
  const marked = marks.map(({ dimension }) => dimension);
  const names = new Set(marked.map(({ name }) => name));
  const others = [...batchSizes(context.config, rows), ...dimensions].filter(
    ({ name }) => !names.has(name),
  );
  return {
    space: new Space([...marked, ...others]),
    marks,
    stages: [numbers, ...further.map((lever) => [lever])],
  };
}

/** The study's settings as a configuration trains with them. */
export const settingsOf = (
  configuration: Configuration,
  { batchSize }: Pick<StudyConfig, 'batchSize'>,
): Pick<StudyConfig, 'batchSize'> => ({
  batchSize: Number(configuration[BATCH_SIZE] ?? batchSize),
});

/** Steps an epoch should have at least. */
const STEPS = 4;
const BATCHES = [4, 8, 16, 32, 64, 128, 256, 512];

function batchSizes({ batchSize }: StudyConfig, rows: number | null): readonly Dimension[] {
  if (rows === null) return [];
  const fitting = BATCHES.filter((size) => size * STEPS <= rows);
  const choices = [...new Set([...fitting, batchSize])].toSorted((a, b) => a - b);
  return [{ kind: 'categorical', name: BATCH_SIZE, choices, initial: batchSize, rest: 0.4 }];
}
