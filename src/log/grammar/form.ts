import type { PlacedNumber } from '../numberPlaces.ts';
import type { ParsedLine, Slot } from './slots.ts';
import { isGlobal } from './words.ts';

/** A slot of a form: where its number stands among those of a line. */
export interface FormSlot {
  readonly role: Slot['role'];
  readonly name: string;
  readonly scope: Slot['scope'];
  readonly isScoped: boolean;
  /** Nothing but a part of the data names it. */
  readonly isBare: boolean;
  readonly isPercent: boolean;
  /** Index of its number; that of its total is the next. */
  readonly index: number;
  readonly hasTotal: boolean;
  /** A comma in it may be a decimal one or group thousands. */
  readonly comma: Slot['comma'];
}

/** Lines that say the same things in the same way: the unit of a log's grammar. */
export class Form {
  readonly style: string;
  readonly isBar: boolean;
  isFractional: boolean;
  readonly scope: ParsedLine['scope'];
  readonly words: string;
  readonly countsOther: boolean;
  readonly tail: number;
  readonly slots: readonly FormSlot[];
  epoch: FormSlot | null;
  /** Step counters, one of the whole run before one of an epoch. */
  steps: readonly FormSlot[];
  readonly measures: readonly FormSlot[];
  /** How many numbers a row of it has. */
  readonly size: number;

  constructor(parsed: ParsedLine) {
    this.style = parsed.style;
    this.isBar = parsed.isBar;
    this.isFractional = parsed.isFractional;
    this.scope = parsed.scope;
    this.words = parsed.words;
    this.countsOther = parsed.countsOther;
    this.tail = parsed.tail;
    this.slots = formSlots(parsed.slots);
    this.size = numbersOf(parsed.slots).length;
    this.epoch = this.slots.find(({ role }) => role === 'epoch') ?? null;
    this.steps = this.slots
      .filter(({ role }) => role === 'step')
      .toSorted((a, b) => Number(isGlobal(b.name)) - Number(isGlobal(a.name)));
    this.measures = this.slots.filter(({ role }) => role === 'measure' || role === 'mean');
  }

  /** `Test: [3/242]` beside lines that name their epoch counts batches. */
  countsBatches(): void {
    if (this.epoch?.name !== '') return;
    this.steps = [{ ...this.epoch, role: 'step' }, ...this.steps];
    this.epoch = null;
  }

  /** Its steps of this name are rounds of others. */
  countsRounds(names: ReadonlySet<string>): void {
    const round = this.epoch === null && this.steps.find(({ name }) => names.has(name));
    if (!round) return;
    this.epoch = { ...round, role: 'epoch' };
    this.steps = this.steps.filter((slot) => slot !== round);
  }
}

/** The part of the data that its lines name. */
export const scopeOfForm = ({ scope, measures }: Form): Form['scope'] =>
  scope || (measures.find((slot) => slot.isScoped)?.scope ?? '');

/** A longer line speaks of more than of a part of the data. */
const MOST_WORDS = 7;

/** What comes below the line may be of the part of the data that it names. */
export const headsPart = ({ scope, words }: Form): boolean =>
  scope !== '' && words.split(' ').length <= MOST_WORDS;

const isUsed = ({ role }: Slot): boolean => role !== 'other';

/** The numbers of a line that mean something, totals after their parts. */
export const numbersOf = (slots: readonly Slot[]): readonly PlacedNumber[] =>
  slots.filter(isUsed).flatMap(({ value, text, at, total, totalAt }) =>
    total === null
      ? [{ value, text, at }]
      : [
          { value, text, at },
          { value: total, text: String(total), at: totalAt },
        ],
  );

function formSlots(slots: readonly Slot[]): FormSlot[] {
  let index = 0;
  return slots.filter(isUsed).map((slot) => {
    const { role, name, scope, isScoped, isBare, isPercent, total, comma } = slot;
    const at = index;
    index += total === null ? 1 : 2;
    const hasTotal = total !== null;
    return { role, name, scope, isScoped, isBare, isPercent, index: at, hasTotal, comma };
  });
}

/** What makes two lines lines of one form. */
export const signatureOf = ({ style, isBar, isAside, slots, words }: ParsedLine): string =>
  [
    style,
    isBar,
    isAside,
    ...slots
      .filter(isUsed)
      .map(({ role, name, scope, isBare, total, isPercent, comma }) =>
        [role, name, scope, isBare, total !== null, isPercent, role === 'measure' && comma].join(),
      ),
    words,
  ].join('|');

/** One line of a form with its numbers. */
export interface Row {
  readonly form: Form;
  /** 1-based. */
  readonly line: number;
  readonly values: Float64Array;
  readonly decimals: Int8Array;
  /** It stands at the end of a log and may have been cut inside its last number. */
  readonly isCut: boolean;
}
