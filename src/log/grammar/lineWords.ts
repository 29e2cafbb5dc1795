import { isKnown, nameOf } from './names.ts';
import { slotNamed } from './slots.ts';
import type { Slot } from './slots.ts';
import type { Token } from './tokens.ts';
import {
  counterOf,
  isCost,
  isCostUnit,
  isLevel,
  isNeutral,
  isSaved,
  isSetting,
  isStop,
  scopeOf,
} from './words.ts';
import type { CounterKind } from './words.ts';

/** The words right before a number are a name that is known by itself. */
export function isKnownLast(words: readonly string[]): boolean {
  const said = words.filter((word) => !isNeutral(word) && scopeOf(word) === '');
  return (
    isKnown(said.at(-1) ?? '') || isKnown(nameOf(said.slice(-2)).name) || isHeadedByKnown(words)
  );
}

/** `accuracy of the network 0.9` */
const isHeadedByKnown = (words: readonly string[]): boolean =>
  words.some(isStop) && isKnown(nameOf(words).name);

/** `Loss of the epoch: 0.3`: what the counter is of, and no counter. */
export const isValueOf = (words: readonly string[], { value }: Token): boolean =>
  !Number.isInteger(value) && isHeadedByKnown(words);

/** Offset after a number and its unit. */
export const endOf = ({ at, text, unit }: Token): number => at + text.length + unit.length;

/** A whole number. */
export const isWhole = (token: Token | undefined): token is Token =>
  token?.kind === 'number' && Number.isInteger(token.value);

/** The number may be that of a counter. */
export const canCount = ({ value, unit }: Token, kind: CounterKind): boolean =>
  value >= 0 &&
  isOrdinal(unit) &&
  (kind === 'epoch' ? Number.isFinite(value) : Number.isInteger(value));

/** It is a time, a speed or an amount of memory. */
export const isCosting = (name: string, { unit }: Token, words: readonly string[]): boolean =>
  isCost(name) || isCostUnit(unit) || hasCostUnit(words);

const hasCostUnit = (words: readonly string[]): boolean =>
  words.some((word) => isCostUnit(word) && word.length > 1) ||
  words.at(-1)?.includes('/s') === true;

/** The part of the data that stands alone before a number. */
export const bareOf = (words: readonly string[]): string =>
  (words.find((word) => scopeOf(word) !== '') ?? '').toLowerCase();

/** A number and where it stands. */
export interface Place {
  readonly token: Token;
  readonly total: number | null;
  readonly totalAt: number;
  readonly end: number;
  /** It stands right behind a square bracket. */
  readonly isBracketed: boolean;
}

/** `25th` counts as well as `25`. */
const isOrdinal = (unit: string): boolean => /^(?:|st|nd|rd|th)$/.test(unit);

/** `solver.cpp:228`: a place in a program, no value. */
const isFile = (word: string): boolean =>
  /\.(?:py|cpp|cc|cu|c|h|java|jl|lua|js|ts|go|rs|log|txt|pth?|h5)$/.test(word);

/** A slot that nothing is known of but its number. */
export const slotOf = ({ token, total, totalAt, end }: Place): Slot =>
  slotNamed({
    role: 'other',
    name: '',
    value: token.value,
    text: token.text,
    at: token.at,
    isSure: false,
    total,
    totalAt,
    isPercent: token.unit === '%',
    comma: token.comma,
    end,
  });

/** A word with letters that names no part of the data. */
export const saysSomething = (word: string): boolean =>
  /\p{L}/u.test(word) && !isNeutral(word) && scopeOf(word) === '';

/** `loss at step 3`: the small words between the name and the counter say no more. */
export const withoutStops = (words: readonly string[]): readonly string[] =>
  words.slice(0, words.findLastIndex((word) => !isStop(word)) + 1);

/** A running mean in parentheses beside its value. */
export const meanSlot = (place: Place, value: Slot | undefined): Slot => ({
  ...slotOf(place),
  role: 'mean',
  name: value?.name ?? '',
  scope: value?.scope ?? '',
  isScoped: value?.isScoped ?? false,
  isSure: true,
});

/** A number with the word right behind it: its unit, or what it counts; `null` for other words. */
export function withUnit(last: Slot, text: string): Slot | null {
  const unlabelled = last.role === 'lead' || last.role === 'other';
  const isUnit = isCostUnit(text);
  const counter = unlabelled && last.name === '' && !isUnit ? counterOf(text) : null;
  if (counter === null && !(isUnit && last.role === 'measure')) return null;
  return { ...last, role: counter ?? 'other', name: counter === null ? last.name : text };
}

/** Words that end in a small one, name a file, or speak of what was saved: no name of a value. */
export function isNoName(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return isStop(last) || isFile(last) || words.some(isSaved);
}

/** One word that stands before a number with a point: it may name it without a sign. */
export function isPlainName(words: readonly string[], { token }: Place): boolean {
  const own = words.filter((word) => scopeOf(word) === '');
  const isName = (word: string): boolean => saysSomething(word) || /^total$/i.test(word);
  return own.length === 1 && own.every(isName) && token.text.includes('.');
}

/** Their last one is an argument of a run. */
export function endsInSetting(words: readonly string[]): boolean {
  const last = words.at(-1) ?? '';
  return isSetting(last.split('/').at(-1) ?? last);
}

/** A whole number without a unit that is no share of what stands before it. */
export const mayCount = (place: Place, before: Slot | undefined): boolean =>
  isWhole(place.token) &&
  place.token.value >= 0 &&
  place.token.unit === '' &&
  !isShareOf(place, before);

/** So many characters stand between a share and the counts that it is of. */
const SHARE_BEHIND = 3;

/** `69.29% (6929 / 10000)`: the number before is what these two make. */
function isShareOf({ token, total }: Place, before: Slot | undefined): boolean {
  if (before?.role !== 'measure' || total === null || total === 0) return false;
  if (token.at - before.end > SHARE_BEHIND) return false;
  const share = token.value / total;
  return [share, 100 * share].some((one) => Math.abs(one - before.value) <= 0.006 * Math.abs(one));
}

/** The word right before a counter's number; before it a single letter may stand: `batch i`. */
export function counterWord(words: readonly string[]): string {
  const [before = '', last = ''] = ['', ...words]
    .filter((word) => scopeOf(word) === '' && !isLevel(word))
    .slice(-2);
  return /^[a-z]$/i.test(last) && counterOf(before) !== null ? before : last;
}

/** What a word counts; a single letter, such as `i=376/530`, where its total is told. */
export const counterNamed = (word: string, total: number | null): CounterKind | null =>
  counterOf(word) ?? (total !== null && /^[a-z]$/i.test(word) ? 'step' : null);

/**
 * Of words in parentheses those that tell of what stands before them: a part of the data, a unit; a
 * single one right before the number's sign distinguishes the name: `Dice (aug): 0.5`.
 */
export function toldIn(inner: readonly string[], next: string | undefined): readonly string[] {
  const [only = ''] = inner;
  const isName = inner.length === 1 && (next === ':' || next === '=') && !isKnown(only);
  return isName ? inner : inner.filter((word) => scopeOf(word) !== '' || isCostUnit(word));
}
