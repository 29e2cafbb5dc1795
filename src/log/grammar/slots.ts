import type { Comma } from './tokens.ts';
import type { CounterKind, Scope } from './words.ts';

/** A number of a line with what the line itself tells of it. */
export interface Slot {
  /**
   * `mean`: a running mean in parentheses beside its value; `lead`: a whole number without a name
   * that may be a counter; `other`: nothing that makes a curve.
   */
  readonly role: CounterKind | 'measure' | 'mean' | 'lead' | 'other';
  /** Name of the series; of a counter the word that counts. */
  readonly name: string;
  /** The part of the data, by its own words or by those before it in the line. */
  readonly scope: Scope;
  /** Its own words name that part. */
  readonly isScoped: boolean;
  /** The name of a value before it names that part, which may be of that one alone. */
  readonly isLent: boolean;
  /** Nothing but a part of the data stands before it. */
  readonly isBare: boolean;
  /** A sign (`:`, `=`) or a known name makes it a value of that name. */
  readonly isSure: boolean;
  readonly value: number;
  /** As written. */
  readonly text: string;
  readonly at: number;
  /** Of `3/50`: 50; `null` without a total. */
  readonly total: number | null;
  /** Offset of the total. */
  readonly totalAt: number;
  readonly isPercent: boolean;
  readonly comma: Comma;
  /** Offset after its last character, unit included. */
  readonly end: number;
}

/** What stands in one line. */
export interface ParsedLine {
  /** The way of writing, for people. */
  readonly style: string;
  readonly slots: readonly Slot[];
  /** The part of the data its last words name; for lines that say nothing else. */
  readonly scope: Scope;
  /** It looks back (a best epoch, a checkpoint) or prints settings: no report. */
  readonly isAside: boolean;
  /** Its epoch may be a fraction: a step inside the epoch that ends at the next whole number. */
  readonly isFractional: boolean;
  /** It draws a progress bar. */
  readonly isBar: boolean;
  /** It counts something that is neither an epoch nor a step: `game 3/100`. */
  readonly countsOther: boolean;
  /** How many words that name nothing stand behind its first counter. */
  readonly tail: number;
  /** What distinguishes it from a line with the same names: its other words. */
  readonly words: string;
}

/** A slot of which a name and a number are all that is known, as in a table or an object. */
export const slotNamed = (
  slot: Pick<Slot, 'role' | 'name' | 'value' | 'text' | 'at'> & Partial<Slot>,
): Slot => ({
  scope: '',
  isScoped: false,
  isLent: false,
  isBare: false,
  isSure: true,
  total: null,
  totalAt: -1,
  isPercent: false,
  comma: 'none',
  end: slot.at + slot.text.length,
  ...slot,
});

/** A line that is all report: a row of a table, an object. */
export const reportOf = (style: string, slots: readonly Slot[]): ParsedLine => ({
  style,
  slots,
  scope: '',
  isAside: false,
  isFractional: false,
  isBar: false,
  countsOther: false,
  tail: 0,
  words: '',
});

/** More words behind a counter that name nothing are a talk: an answer of a language model. */
const MOST_TAIL = 15;

/** It has a counter, a value or the name of a part of the data. */
export const mayReport = ({ slots, scope, words, tail }: ParsedLine): boolean =>
  tail <= MOST_TAIL &&
  (slots.some(({ role }) => role !== 'other' && role !== 'lead') ||
    (slots.some(({ role }) => role === 'lead') && slots.length > 1) ||
    (scope !== '' && words.length < 60));
