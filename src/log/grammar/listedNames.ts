import { nameOf, scoped } from './names.ts';
import type { Slot } from './slots.ts';

const NUMBER = String.raw`[-+]?\d[\d.]{0,20}(?:e[-+]?\d{1,3})?%?`;
/** Numbers in a list behind a sign: `: 1.67, 341.35`. */
const NUMBERS = new RegExp(
  String.raw`[:=]\s{0,3}(${NUMBER}(?:,\s{0,3}${NUMBER}){1,5})(?![\w.])`,
  'g',
);
/** Names in a list, each of one word or two, right before a sign. */
const NAMES =
  /(?:^|[\s\]|])((?:[a-z][\w@.-]{0,30}\s)?[a-z][\w@.-]{0,30}(?:,\s{0,3}(?:[a-z][\w@.-]{0,30}\s)?[a-z][\w@.-]{0,30}){1,5})\s{0,3}$/i;
/** A list of names is not longer. */
const LONGEST = 200;

/** `IS, FID: 1.67, 341.35`: each name of a list is of the number in its place, else of none. */
export function withListedNames(slots: readonly Slot[], text: string): readonly Slot[] {
  const names = listedIn(text);
  if (names.size === 0) return slots;
  return slots.map((slot) => {
    const name = names.get(slot.at);
    return name === undefined ? slot : named(slot, name);
  });
}

function named(slot: Slot, words: readonly string[]): Slot {
  const { name, scope } = nameOf(words);
  if (name === '') return { ...slot, role: 'other' };
  const own = scope || slot.scope;
  return { ...slot, role: 'measure', name: scoped(own, name), scope: own, isSure: true };
}

/** The words before each number of a list, by its offset. */
function listedIn(text: string): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, readonly string[]>();
  for (const match of text.matchAll(NUMBERS)) {
    const before = text.slice(Math.max(0, match.index - LONGEST), match.index);
    const names = (NAMES.exec(before)?.[1] ?? '').split(',').map((name) => name.trim());
    const numbers = [...(match[1] ?? '').matchAll(/[^,\s]+/g)];
    if (names.length < 2) continue;
    const isEven = names.length === numbers.length;
    const from = match.index + match[0].length - (match[1] ?? '').length;
    numbers.forEach(({ index }, i) => {
      found.set(from + index, isEven ? (names[i] ?? '').split(/\s+/) : []);
    });
  }
  return found;
}
