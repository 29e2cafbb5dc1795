import type { CortexError } from '../../util/errors.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import type { Value } from '../space/dimension.ts';
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
  const placed: Mark[] = [];
  let waiting: readonly Stated[] = named;
  while (waiting.length > 0) {
    const before = waiting.length;
    const left: Stated[] = [];
    for (const each of waiting) {
      const mark = under(each, named, placed);
      if (!mark.ok) return mark;
      if (mark.value) placed.push(mark.value);
      else left.push(each);
    }
    const [first] = left;
    if (first && left.length === before)
      return refuse(markError(first.mark.line, 'conditions that depend on each other.'));
    waiting = left;
  }
  return ok(placed);
}

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

/** The mark with its condition; `null` where what it depends on has no place yet. */
function under(
  { mark, when }: Stated,
  all: readonly Stated[],
  placed: readonly Mark[],
): Result<Mark | null, CortexError> {
  if (when === null) return ok(mark);
  const other = all.find((each) => each.mark.dimension.name === when.name)?.mark.dimension;
  if (!other || other === mark.dimension)
    return refuse(markError(mark.line, `there is no other mark named ${when.name}.`));
  const is = when.is.map((text): Value =>
    other.kind === 'categorical' ? spelled(text, String(other.initial)) : Number(text),
  );
  const isPossible = (value: Value): boolean =>
    other.kind === 'categorical'
      ? other.choices.includes(value)
      : Number(value) >= other.low && Number(value) <= other.high;
  const never = is.findIndex((value) => !isPossible(value));
  if (never !== -1)
    return refuse(markError(mark.line, `${when.name} is never ${String(when.is[never])}.`));
  if (!placed.some(({ dimension }) => dimension.name === other.name)) return ok(null);
  return ok({ ...mark, dimension: { ...mark.dimension, when: { name: other.name, is } } });
}
