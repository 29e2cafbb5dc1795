import { RE2JS, RE2JSException } from 're2js';
import type { LogLine } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';

/** A longer line is none that a person has described. */
const LONGEST_LINE = 4_000;

/**
 * Lines by a regular expression of the user's: a group `epoch` or `step` (without one, each match
 * is an epoch) and a group for each series. Matched in linear time (RE2: a set of states, no
 * backtracking), so that no expression can freeze the reader; what RE2 cannot do, a look around or
 * back, matches nothing.
 */
export class UserPattern {
  private readonly expression: RE2JS | null;
  private readonly names: readonly string[];
  private rows = 0;

  constructor(pattern: string) {
    this.expression = compiled(pattern);
    this.names = Object.keys(this.expression?.namedGroups() ?? {});
  }

  /** The expression asks for what a linear matcher cannot do, so that no line is read by it. */
  get isUnusable(): boolean {
    return this.expression === null;
  }

  /** What the expression finds in a line; `null` where it does not match. */
  read({ text, terminated }: LogLine): ParsedLine | null {
    if (text.length > LONGEST_LINE || !terminated) return null;
    const groups = this.groupsIn(text);
    const slots = groups ? slotsOf(groups) : [];
    const counted = slots.find(({ role }) => role !== 'measure');
    if (slots.length === 0 || (groups?.['epoch'] !== undefined && !counted)) return null;
    this.rows += 1;
    return reportOf('own pattern', counted ? slots : [this.rowSlot(), ...slots]);
  }

  /** The numbers that its groups find in a line, and where they stand; none without a match. */
  placesIn(text: string): readonly { name: string; at: number; text: string }[] {
    const matcher = this.expression?.matcher(text);
    if (matcher?.find() !== true) return [];
    return this.names.flatMap((name) => {
      const found = matcher.group(name);
      return found === null ? [] : [{ name, at: matcher.start(name), text: found }];
    });
  }

  private groupsIn(text: string): Readonly<Record<string, string | undefined>> | null {
    const matcher = this.expression?.matcher(text);
    if (matcher?.find() !== true) return null;
    return Object.fromEntries(this.names.map((name) => [name, matcher.group(name) ?? undefined]));
  }

  private rowSlot(): Slot {
    const { rows } = this;
    return slotNamed({ role: 'epoch', name: 'epoch', value: rows, text: String(rows), at: -1 });
  }
}

function compiled(pattern: string): RE2JS | null {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    if (error instanceof RE2JSException) return null;
    throw error;
  }
}

function slotsOf(groups: Readonly<Record<string, string | undefined>>): Slot[] {
  return Object.entries(groups).flatMap(([key, text = '']): Slot[] => {
    const value = parseNumber(text);
    if (value === null || (key === 'epoch' && !Number.isFinite(value))) return [];
    const role = key === 'epoch' || key === 'step' ? key : 'measure';
    const name = role === 'measure' ? seriesName(key) : key;
    return [slotNamed({ role, name, value, text, at: -1, isScoped: true })];
  });
}
