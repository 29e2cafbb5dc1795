import { sizesOf } from '../../propose/start/startConfig.ts';
import type { FirstModel } from '../../propose/start/sketch.ts';
import type { Survey } from '../../propose/start/survey.ts';
import { CortexError } from '../../util/errors.ts';
import { takes, type Configuration, type Dimension } from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import { blockSpace, inputKind } from './blockSpace.ts';
import { sketchOf } from './sketchOf.ts';

/**
 * The first model that a vector of blocks is for data that were looked at; what it does not say has
 * the first value of its dimension. Throws an `input` error where it is no vector of their space.
 */
export function modelOfVector(said: Configuration, survey: Survey): FirstModel {
  const input = survey.kind === 'text' ? null : inputKind(sizesOf(survey).inputShape);
  if (input === null || (survey.kind === 'table' && survey.structure.kind === 'words'))
    throw noBlocks(survey);
  const space = blockSpace(input);
  const vector = space.complete(said);
  for (const name of Object.keys(said)) requireKnown(name, space, vector);
  const output = survey.task === 'classification' ? 'classes' : 'numbers';
  return {
    name: 'vector',
    title: 'The network that the vector says',
    reason: `It was asked for: ${JSON.stringify(vector)}.`,
    source: 'The space of blocks; `cortex inspect` tells the vector of a model.',
    confidence: 0.5,
    sketch: sketchOf(vector, { input, output }),
  };
}

function requireKnown(name: string, space: Space, vector: Configuration): void {
  const dimension = space.dimension(name);
  if (!dimension) throw noDimension(name, space);
  const value = vector[name];
  if (value === undefined) throw notLookedAt(name, dimension);
  if (!takes(dimension, value)) throw noValue(dimension, value);
}

const vectorError = (
  about: Pick<CortexError, 'happened' | 'expected'> & { readonly code: string },
): CortexError =>
  new CortexError({
    ...about,
    kind: 'input',
    remedy: 'Begin with the vector that `cortex inspect` prints for a model made of blocks.',
  });

const noBlocks = ({ kind, task }: Survey): CortexError =>
  vectorError({
    code: 'vector-no-blocks',
    happened: `There are no blocks for a ${kind} with the task ${task}.`,
    expected: 'a table of numbers, a measurement, a series, or images.',
  });

const noDimension = (name: string, { dimensions }: Space): CortexError =>
  vectorError({
    code: 'vector-unknown',
    happened: `The vector names "${name}", which is none of its dimensions.`,
    expected: `names such as ${dimensions
      .slice(0, 6)
      .map((dimension) => `"${dimension.name}"`)
      .join(', ')}.`,
  });

const notLookedAt = (name: string, { when }: Dimension): CortexError =>
  vectorError({
    code: 'vector-not-there',
    happened: `The vector says "${name}", which is not there with what else it says.`,
    expected: `it only where "${when?.name ?? ''}" is ${when?.is.join(' or ') ?? ''}.`,
  });

const noValue = (dimension: Dimension, value: string | number): CortexError =>
  vectorError({
    code: 'vector-wrong-value',
    happened: `"${dimension.name}" is ${JSON.stringify(value)}.`,
    expected:
      dimension.kind === 'categorical'
        ? `one of ${dimension.choices.join(', ')}.`
        : `a number from ${dimension.low} to ${dimension.high}.`,
  });
