import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { counterOf, isCost } from './words.ts';

const RULE = /^[\s\-=+_*|]*$/;
/** Lines of other programs inside a box. */
const MOST_OTHERS = 20;
/** A box of more lines is a listing. */
const MOST_LINES = 300;

/** Boxes of `| name | value |`, as Baselines and Stable-Baselines print one a step. */
export class Boxes {
  private slots: Slot[] = [];
  private prefix = '';
  private lines = 0;
  private others = 0;

  /** The line belongs to a box. */
  takes(text: string): boolean {
    const cells = cellsOf(text);
    if (cells === null || this.lines >= MOST_LINES) return false;
    const [key, written] = cells;
    this.lines += 1;
    this.others = 0;
    if (written === '') this.prefix = key.endsWith('/') ? key : '';
    const value = parseNumber(written);
    if (value !== null) this.add(this.prefix + key, value, written);
    return true;
  }

  /** The box ends at a rule; lines of others may stand between its own, but not many. */
  endsAt(text: string): boolean {
    this.others += 1;
    return (text.trim() !== '' && isRule(text)) || this.others > MOST_OTHERS;
  }

  /** The box that ends before this line; `null` where there is none. */
  end(): ParsedLine | null {
    const { slots } = this;
    this.slots = [];
    this.prefix = '';
    this.lines = 0;
    this.others = 0;
    return slots.length > 1 ? reportOf('boxes', slots) : null;
  }

  private add(key: string, value: number, text: string): void {
    const last = key.split('/').at(-1) ?? key;
    const counter = value >= 0 ? counterOf(last) : null;
    const name = counter === null ? seriesName(key) : key;
    if (this.slots.some((slot) => slot.name === name)) return;
    const role = counter ?? (isCost(last) ? 'other' : 'measure');
    this.slots.push(slotNamed({ role, name, value, text, at: -1, isScoped: true }));
  }
}

/** A line of signs alone: a box begins or ends there. */
export const isRule = (text: string): boolean => RULE.test(text);

function cellsOf(text: string): readonly [string, string] | null {
  const trimmed = text.trim();
  if (!trimmed.startsWith('|') || !trimmed.endsWith('|')) return null;
  const cells = trimmed.slice(1, -1).split('|');
  const [key = '', value = ''] = cells.map((cell) => cell.trim());
  return cells.length === 2 && key !== '' && key.length < 80 ? [key, value] : null;
}
