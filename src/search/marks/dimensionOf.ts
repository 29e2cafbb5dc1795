import { ok, refuse, type Result } from '../../util/result.ts';
import type { Dimension, Value } from '../space/dimension.ts';
import type { Clause } from './clause.ts';

/** What a mark searches, and what it wants tried early. */
export interface Marked {
  readonly dimension: Dimension;
  readonly first: Value | null;
}

/** A clause beside the literal it is about; or what contradicts what, in a clause. */
export function dimensionOf(clause: Clause, literal: string, name: string): Result<Marked, string> {
  return clause.domain.kind === 'range'
    ? numberOf(clause, clause.domain, { name, literal })
    : choiceOf(clause, clause.domain.choices, { name, literal });
}

interface Place {
  readonly name: string;
  readonly literal: string;
}

function numberOf(
  { log, type, first }: Clause,
  range: { readonly low: string; readonly high: string },
  { name, literal }: Place,
): Result<Marked, string> {
  const written = [range.low, range.high, literal];
  const [low = NaN, high = NaN, initial = NaN] = written.map(valueOf);
  const kind = type ?? (written.every((text) => /^-?[\d_]+$/.test(text)) ? 'integer' : 'real');
  const span = `${range.low}..${range.high}`;
  const early = first === null ? initial : valueOf(first);
  const isOutside = (value: number): boolean => !(value >= low && value <= high);
  const isBroken = kind === 'integer' && !written.map(valueOf).every(Number.isInteger);
  const wrong: readonly (readonly [boolean, string])[] = [
    [low > high, `${span} ends before it begins.`],
    [log && low <= 0, `${span} is not all above 0, and has no logarithm.`],
    [isOutside(initial), `${name} is ${literal}, which is not in ${span}.`],
    [isOutside(early), `the default ${String(first)} is not in ${span}.`],
    [isBroken, `${span} is said to be whole, and ${written.join(', ')} are not all whole.`],
  ];
  const found = wrong.find(([isWrong]) => isWrong);
  if (found) return refuse(found[1]);
  return ok({
    dimension: { kind, name, low, high, log, initial },
    first: first === null ? null : early,
  });
}

const valueOf = (text: string): number => Number(text.replaceAll('_', ''));

function choiceOf(
  { log, type, first }: Clause,
  stated: readonly string[],
  { name, literal }: Place,
): Result<Marked, string> {
  if (log || type !== null)
    return refuse(`${log ? 'log' : String(type)} is for a range, and these are choices.`);
  const written = stated.map((choice) => spelled(choice, literal));
  const early = first === null ? null : spelled(first, literal);
  if (early !== null && !written.includes(early))
    return refuse(`the default ${String(first)} is none of its choices.`);
  const choices = [...new Set([literal, ...written])];
  return ok({
    dimension: { kind: 'categorical', name, choices, initial: literal },
    first: early,
  });
}

/** A choice as it is spelled in the place of a literal: in its quotes, where that has some. */
export function spelled(choice: string, literal: string): string {
  const [quote = ''] = /^["']/.exec(literal) ?? [];
  return quote === '' ? choice : quote + choice.replaceAll(/^["']|["']$/g, '') + quote;
}
