import { parseLine } from './grammar/parseLine.ts';
import type { Slot } from './grammar/slots.ts';
import { tokensOf } from './grammar/tokens.ts';
import type { Token } from './grammar/tokens.ts';
import { UserPattern } from './grammar/userPattern.ts';
import { parseNumber } from './numbers.ts';

/** A number as `logPattern` matches one; RE2 and JavaScript read it alike. */
const NUMBER = String.raw`[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+|[nN]a[nN]|[iI]nf)`;

/** A number of a line that gets a name. */
interface Named {
  readonly name: string;
  readonly at: number;
  readonly text: string;
}

/** The number that stands at an offset of a line; `null` where none does. */
export const numberAt = (line: string, offset: number): string | null =>
  tokenAt(line, offset)?.text ?? null;

/**
 * The expression that reads lines like this one as before, by the `earlier` one where that matches,
 * and the number at an offset as the series of that name (`epoch` and `step` count); `null` where
 * there stands no number. For a `logPattern`: a group for the counter and for each series.
 */
export function patternOf(
  line: string,
  offset: number,
  name: string,
  earlier?: string,
): string | null {
  const token = tokenAt(line, offset);
  if (!token) return null;
  const own = { name: groupName(name), at: token.at, text: token.text };
  const others = namedIn(line, earlier)
    .filter((slot) => slot.name !== own.name && slot.at !== own.at)
    .filter((slot) => !counts(own.name) || !counts(slot.name));
  const named = [...others, own].toSorted((a, b) => a.at - b.at);
  return named.some(({ at }) => isUnlabelled(line, at))
    ? inFull(line, named)
    : byLabels(line, named);
}

function namedIn(line: string, earlier: string | undefined): readonly Named[] {
  const told = earlier === undefined ? [] : new UserPattern(earlier).placesIn(line);
  return told.length > 0 ? told : parseLine(line).slots.flatMap((slot) => namedSlot(slot));
}

function tokenAt(line: string, offset: number): Token | undefined {
  const around = tokensOf(line).filter(
    ({ kind, at, text }) => kind === 'number' && at <= offset && offset <= at + text.length,
  );
  return around.find(({ text }) => parseNumber(text) !== null);
}

const counts = (name: string): boolean => name === 'epoch' || name === 'step';

/** What the line says by itself: one counter, and each series once. */
function namedSlot({ role, name, at, text }: Slot): readonly Named[] {
  if (at < 0 || parseNumber(text) === null) return [];
  if (role === 'epoch' || role === 'step') return [{ name: role, at, text }];
  return role === 'measure' && name !== '' ? [{ name: groupName(name), at, text }] : [];
}

/** Groups are called by letters, digits and underscores. */
function groupName(name: string): string {
  const plain = name.trim().replaceAll(/\W+/g, '_');
  return /^\d/.test(plain) ? `_${plain}` : plain;
}

const isUnlabelled = (line: string, at: number): boolean => !/\p{L}/u.test(labelBefore(line, at));

/** What stands before a number, back to the number before it. */
function labelBefore(line: string, at: number): string {
  const before = tokensOf(line.slice(0, at)).findLast(
    ({ kind, text }) => kind === 'number' || (kind === 'other' && /\d/.test(text)),
  );
  return line.slice(before ? before.at + before.text.length + before.unit.length : 0, at);
}

const group = ({ name }: Named): string => `(?<${name}>${NUMBER})`;

/** Each number behind the words before it, whatever stands between. */
const byLabels = (line: string, named: readonly Named[]): string =>
  named.map((one) => `${literal(labelBefore(line, one.at).trimStart())}${group(one)}`).join('.*?');

/** The whole line up to the last number that has a name. */
function inFull(line: string, named: readonly Named[]): string {
  const last = named.at(-1)?.at ?? 0;
  const pieces = tokensOf(line)
    .filter(({ at }) => at <= last)
    .map((token) => {
      const one = named.find(({ at }) => at === token.at);
      if (one) return group(one);
      if (token.kind === 'number') return NUMBER + literal(token.unit);
      return token.kind === 'other' ? String.raw`\S+?` : literal(token.text);
    });
  return `^${pieces.join('')}`;
}

const literal = (text: string): string =>
  text
    .replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)
    .replaceAll(/\d+/g, String.raw`\d+`)
    .replaceAll(/\s+/g, String.raw`\s+`);
