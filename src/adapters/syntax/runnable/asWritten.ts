import { BUILDER_NAMES, type BuilderChoice } from '../../../model/modelFile.ts';
import type { Pattern } from '../code/code.ts';
import type { Reading } from '../read/reading.ts';
import { dataArgument } from './arguments.ts';

/**
 * Whether the file is what a worker asks for as it stands: one builder exported under its name,
 * that takes the shapes as one object. Then nothing of it is cut.
 */
export function runsAsWritten(
  { builder, compile }: Reading,
  { builder: chosen, arguments: given }: BuilderChoice,
): boolean {
  const { exported, function: code } = builder;
  const name = builder.name.split('.').at(-1) ?? '';
  return (
    exported &&
    (BUILDER_NAMES as readonly string[]).includes(name) &&
    chosen === undefined &&
    given === undefined &&
    !compile?.elsewhere &&
    code.parameters.length <= 1 &&
    code.parameters.every(takesShapes)
  );
}

/** `{ inputShape, outputUnits }` or `shapes`; `inputShape` alone is a value of the data's. */
const takesShapes = (parameter: Pattern): boolean =>
  parameter.kind === 'members'
    ? parameter.members.every(({ key }) => key === 'inputShape' || key === 'outputUnits')
    : parameter.kind === 'name' && dataArgument(parameter.name) === null;
