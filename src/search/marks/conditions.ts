import type { CortexError } from '../../util/errors.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import { takes, type Value } from '../space/dimension.ts';
import type { Clause } from './clause.ts';
import { spelled } from './dimensionOf.ts';
import type { Mark } from './mark.ts';
import { markError } from './markError.ts';

/** A mark, and the condition it was given in words. */
export interface Stated {
  readonly mark: Mark;
  readonly when: Clause['when'];
}

/**
 * Marks under names of their own, each behind the one it depends on; refuses conditions on what is
 * not marked, on values that are never taken, and on each other.
 */
export function conditioned(stated: readonly Stated[]): Result<readonly Mark[], CortexError> {
  const named = stated.map((each, index) => ({ ...each, mark: withOwnName(stated, index) }));
  return inOrder(named, [], named);
}

function inOrder(
  waiting: readonly Stated[],
  placed: readonly Mark[],
  all: readonly Stated[],
): Result<readonly Mark[], CortexError> {
  const [first] = waiting;
  if (!first) return ok(placed);
  const ready = waiting.find(({ when }) => when === null || isPlaced(when.name, placed));
  const unknown = waiting.find(({ when }) => when && !all.some((each) => isNamed(each, when.name)));
  if (!ready) return refuse(unknown ? unknownName(unknown) : circle(first));
  const mark = under(ready, placed);
  if (!mark.ok) return mark;
  const left = waiting.filter((each) => each !== ready);
  return inOrder(left, [...placed, mark.value], all);
}

const isPlaced = (name: string, placed: readonly Mark[]): boolean =>
  placed.some(({ dimension }) => dimension.name === name);

const isNamed = ({ mark }: Stated, name: string): boolean => mark.dimension.name === name;

const unknownName = ({ mark, when }: Stated): CortexError =>
  markError(mark.line, `there is no other mark named ${String(when?.name)}.`);

const circle = ({ mark }: Stated): CortexError =>
  markError(mark.line, 'conditions that depend on each other.');

/** Two of one name are told apart by their lines. */
function withOwnName(stated: readonly Stated[], index: number): Mark {
  const { mark } = stated[index] as Stated;
  const { name } = mark.dimension;
  const isShared = stated.some(
    (other, place) => place !== index && other.mark.dimension.name === name,
  );
  const own = isShared ? `${name} (line ${mark.line})` : name;
  return { ...mark, dimension: { ...mark.dimension, name: own } };
}

/** The mark with its condition. */
function under({ mark, when }: Stated, placed: readonly Mark[]): Result<Mark, CortexError> {
  const other = placed.find(({ dimension }) => dimension.name === when?.name)?.dimension;
  if (!when || !other) return ok(mark);
  const is = when.is.map((text): Value =>
    other.kind === 'categorical' ? spelled(text, String(other.initial)) : Number(text),
  );
  const never = is.findIndex((value) => !takes(other, value));
  if (never !== -1)
    return refuse(markError(mark.line, `${when.name} is never ${String(when.is[never])}.`));
  return ok({ ...mark, dimension: { ...mark.dimension, when: { name: other.name, is } } });
}
