import type { LogLine } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';

/** A pattern may take long on a long line: a longer one is noise. */
const LONGEST_LINE = 4_000;

/**
 * Lines by a regular expression of the user's: a group `epoch` (without one, each match is an
 * epoch) and a group for each series.
 */
export class UserPattern {
  private readonly expression: RegExp;
  private rows = 0;

  constructor(pattern: string) {
    this.expression = new RegExp(pattern);
  }

  /** What the expression finds in a line; `null` where it does not match. */
  read({ text, terminated }: LogLine): ParsedLine | null {
    if (text.length > LONGEST_LINE || !terminated) return null;
    const groups = this.expression.exec(text)?.groups;
    const slots = groups ? slotsOf(groups) : [];
    const counted = slots.find(({ role }) => role !== 'measure');
    if (slots.length === 0 || (groups?.['epoch'] !== undefined && !counted)) return null;
    this.rows += 1;
    return reportOf('own pattern', counted ? slots : [this.rowSlot(), ...slots]);
  }

  private rowSlot(): Slot {
    const { rows } = this;
    return slotNamed({ role: 'epoch', name: 'epoch', value: rows, text: String(rows), at: -1 });
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
