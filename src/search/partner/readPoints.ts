import * as z from 'zod';
import { readJson } from '../../propose/answer/readJson.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import {
  fromUnit,
  toUnit,
  type Configuration,
  type Dimension,
  type Value,
} from '../space/dimension.ts';
import type { Space } from '../space/space.ts';
import type { Archive } from '../sweep/archive.ts';

/** Points that one answer may hold; more are left aside. */
export const MOST_POINTS = 5;

const valueSchema = z.union([z.string(), z.number()]);

const pointSchema = z.object({
  values: z.union([
    z.array(z.object({ name: z.string(), value: valueSchema })),
    // What models write where nothing holds them to the list.
    z.record(z.string(), valueSchema),
  ]),
});

const answerSchema = z.object({ points: z.array(pointSchema).min(1) });

type Point = z.infer<typeof pointSchema>;

/** The JSON schema a model is held to where its server can. */
export const pointsJsonSchema = (): Readonly<Record<string, unknown>> =>
  z.toJSONSchema(answerSchema, { io: 'input', unrepresentable: 'any' });

/**
 * Points of a space that a language model suggests. Names that the space does not have and values
 * that a dimension cannot take are left aside, so whatever is answered, what comes of it is a
 * configuration of the space; says in a sentence where there is none that is new.
 */
export function readPoints(
  text: string,
  space: Space,
  { ranked }: Archive,
): Result<readonly Configuration[], string> {
  const read = readJson(text, validate);
  if (!read.ok) return read;
  const tried = new Set([space.start, ...ranked.map(({ values }) => values)].map(keyIn(space)));
  const points = read.value
    .slice(0, MOST_POINTS)
    .map((point) => configurationOf(point, space))
    .filter((point) => !tried.has(space.keyOf(point)));
  return points.length > 0 ? ok(points) : refuse('No point of it is in the space and new.');
}

const keyIn =
  (space: Space) =>
  (values: Configuration): string =>
    space.keyOf(values);

function validate(json: unknown): Result<readonly Point[], string> {
  const read = answerSchema.safeParse(json);
  return read.success
    ? ok(read.data.points)
    : refuse('The answer does not have the form asked for: a list of points.');
}

function configurationOf({ values }: Point, space: Space): Configuration {
  const named = new Map(
    Array.isArray(values)
      ? values.map(({ name, value }) => [name, value] as const)
      : Object.entries(values),
  );
  const known = space.dimensions.flatMap((dimension) => {
    const value = named.get(dimension.name);
    const taken = value === undefined ? null : takenBy(dimension, value);
    return taken === null ? [] : [[dimension.name, taken] as const];
  });
  return space.complete(Object.fromEntries(known));
}

/** The value as the dimension has it, numbers within its ends; `null` where it cannot take it. */
function takenBy(dimension: Dimension, value: Value): Value | null {
  if (dimension.kind === 'categorical')
    return dimension.choices.find((choice) => String(choice) === String(value)) ?? null;
  const number = value === '' ? NaN : Number(value);
  if (!Number.isFinite(number)) return null;
  return fromUnit(dimension, toUnit(dimension, Math.max(dimension.low, number)));
}
