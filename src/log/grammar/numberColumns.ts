import type { LogLine } from '../logFormat.ts';
import { parseNumber } from '../numbers.ts';
import { seriesName } from '../seriesName.ts';
import { isGrade, isKnown, nameOf } from './names.ts';
import { reportOf, slotNamed } from './slots.ts';
import type { ParsedLine, Slot } from './slots.ts';

/** Rows of more columns are data, not a course. */
const MOST_COLUMNS = 40;
const LONGEST = 1_000;

/**
 * What YOLOv5 (before 6) and YOLOv7 write to `results.txt`, after the epoch and the memory
 * (`train.py`: `s + '%10.4g' * 7 % results`).
 */
const YOLO_COLUMNS = `box obj cls total labels img_size val_P val_R val_mAP@.5 val_mAP@.5:.95
   val_box val_obj val_cls`.split(/\s+/);

/** Lines of nothing but numbers, without a header or under a single name. */
export class NumberColumns {
  /** The one column that the line above names. */
  private name: string | null = null;
  private readonly fileName: string;
  /** How many cells the rows had in which values have a point. */
  private width = 0;
  /** Only numbers so far. */
  private isBare = true;

  constructor(fileName: string) {
    this.fileName = fileName;
  }

  /** The row that a line is; `null` where it holds anything else. */
  read({ text, terminated }: LogLine): ParsedLine | null {
    if (text.length > LONGEST) return null;
    const cells = text.trim().split(/[\s,;]+/);
    if (cells.length > MOST_COLUMNS) return null;
    if (!isRow(cells)) {
      this.name = terminated ? columnNamed(text) : null;
      this.isBare &&= /^\s*(?:[#%;]|$)/.test(text);
      return null;
    }
    if (!terminated) return null;
    const slots = this.slotsOf(cells);
    if (slots === null) return null;
    let from = 0;
    return reportOf(
      'number columns',
      slots.map((slot) => {
        const at = text.indexOf(slot.text, from);
        from = at + slot.text.length;
        return { ...slot, at, end: from };
      }),
    );
  }

  private slotsOf(cells: readonly string[]): Slot[] | null {
    const [first = '', second = '', third = ''] = cells;
    if (cells.length === 1) return this.single(first);
    if (cells.length === 3 && /^\d{13}$/.test(first) && /^\d+$/.test(third))
      return ofMlflow(this.fileName, second, third);
    const [, epoch] = /^(\d+)\/\d+$/.exec(first) ?? [];
    if (epoch === undefined) return cells.length > 2 && this.isBare ? this.ofUnknown(cells) : null;
    return ofYolo(epoch, cells);
  }

  /** A first column that rises may count; what the others are, nobody can tell. */
  private ofUnknown(cells: readonly string[]): Slot[] | null {
    const [first = '', ...values] = cells;
    const isWhole = values.every((value) => /^-?\d+$/.test(value));
    if (!/^\d+$/.test(first) || (isWhole && this.width !== cells.length)) return null;
    this.width = cells.length;
    return [
      counter('lead', '', first),
      ...values.map((value, i) => measure(`column_${i + 2}`, value)),
    ];
  }

  /** A file of one number a line may be called as they are: `train_loss.txt`. */
  private single(text: string): Slot[] | null {
    const name = this.name ?? (this.isBare ? seriesOfFile(this.fileName) : null);
    return name === null ? null : [measure(name, text)];
  }
}

function seriesOfFile(fileName: string): string | null {
  const stem = (fileName.split(/[/\\]/).at(-1) ?? '').replace(/\.\w{1,5}$/, '');
  const { name } = nameOf([stem.toLowerCase()]);
  return isGrade(name) ? name : null;
}

/** Numbers, and an amount of memory or a counter with its total among them. */
const isRow = (cells: readonly string[]): boolean =>
  cells.every(
    (cell, i) =>
      parseNumber(cell) !== null || (i === 0 && /^\d+\/\d+$/.test(cell)) || isMemory(cell, i),
  );

const isMemory = (cell: string, i: number): boolean =>
  i === 1 && /^\d+(?:\.\d+)?[KMG]B?$/.test(cell);

const measure = (name: string, text: string): Slot =>
  slotNamed({
    role: 'measure',
    name,
    value: parseNumber(text) ?? NaN,
    text,
    at: -1,
    isScoped: true,
  });

const counter = (role: Slot['role'], name: string, text: string): Slot =>
  slotNamed({ role, name, value: Number(text), text, at: -1 });

/** A metric of MLflow's file store: time, value, step; the file is called as the metric is. */
function ofMlflow(fileName: string, value: string, step: string): Slot[] | null {
  if (fileName === '' || fileName.includes('.')) return null;
  return [measure(seriesName(fileName), value), counter('step', 'step', step)];
}

function ofYolo(epoch: string, cells: readonly string[]): Slot[] {
  const values = cells.slice(1).filter((cell, i) => !isMemory(cell, i + 1));
  const isKnownTable = cells.length === YOLO_COLUMNS.length + 2;
  return [
    counter('epoch', 'epoch', epoch),
    ...values.map((value, i) =>
      measure((isKnownTable ? YOLO_COLUMNS[i] : undefined) ?? `column_${i + 2}`, value),
    ),
  ];
}

/** The series that a line names which says nothing else: `% mean class accuracy (train set)`. */
function columnNamed(text: string): string | null {
  const words = text
    .trim()
    .split(/[^\p{L}\d_@/.-]+/u)
    .filter((word) => word !== '');
  if (words.length === 0 || words.length > 8 || /[:=|,]/.test(text)) return null;
  const { name } = nameOf(words.filter((word) => word !== 'set'));
  return isKnown(name) ? name : null;
}
