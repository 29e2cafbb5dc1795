import type { Observer } from './assemble.ts';
import { isHeldOut } from './axis.ts';
import type { Form, Row } from './form.ts';
import type { Plan } from './plan.ts';
import { isGlobal, scopeOf } from './words.ts';

/** More reports of one epoch than this, by lines of one form, are those of steps. */
const MOST_REPEATS = 2.5;
/** More forms than this that say the same are a table (of classes, of folds). */
const MOST_ALIKE = 3;

interface Written {
  readonly value: number;
  readonly decimals: number;
}

interface Shown {
  readonly keys: readonly string[];
  readonly values: Float64Array;
  readonly decimals: Int32Array;
}

/** Digits behind which two ways of writing one number may differ: `0.9045` and `90.5 %`. */
const ROUNDING = 1.3e-3;

const isSame = (a: Written, b: Written): boolean =>
  Object.is(a.value, b.value) ||
  (a.decimals !== b.decimals &&
    Math.abs(a.value - b.value) <= ROUNDING * Math.max(Math.abs(a.value), Math.abs(b.value)));

interface StepRange {
  readonly form: Form;
  readonly least: number;
  readonly most: number;
  readonly count: number;
}

/** So often two lines of one step have to say different things. */
const LEAST_CLASHES = 3;

/** Fewer steps than this may all lie on one side of what they are steps of. */
const LEAST_STEPS = 5;

const widened = (form: Form, range: StepRange | undefined, value: number): StepRange => ({
  form,
  least: Math.min(range?.least ?? Infinity, value),
  most: Math.max(range?.most ?? -Infinity, value),
  count: (range?.count ?? 0) + 1,
});

/** How often a form reported, in how many epochs, and what last. */
interface Reports {
  epochs: number;
  reports: number;
  last: number;
  line: number;
  values: readonly number[];
}

/** Looks on while rows are joined: which forms give one name two values in one epoch. */
export class Repeats implements Observer {
  /** Names that forms gave unequal values in one epoch. */
  readonly unequal = new Map<string, Set<Form>>();
  readonly reports = new Map<Form, Reports>();
  private epoch = NaN;
  private readonly isByEpoch: boolean;
  /** Names that more than one form may report. */
  private readonly shared: ReadonlySet<string>;
  private values = new Map<string, Map<Form, Written>>();
  /** What the steps of the epoch lie between. */
  private ranges = new Map<string, StepRange>();
  /** What the steps of the epoch said, by name and step. */
  private steps = new Map<string, Written & { readonly form: Form }>();
  /** How often lines of two forms said unequal things of one step. */
  private readonly clashes = new Map<string, number>();
  /** Of each series that a line places by order: in how many epochs it lies outside its steps. */
  private readonly outside = new Map<string, Map<Form, { out: number; of: number }>>();

  constructor({ axis, uses }: Plan) {
    this.isByEpoch = axis === 'epoch';
    this.shared = sharedNames(uses);
  }

  saw(row: Row, epoch: number, { keys, values, decimals }: Shown): void {
    const { form } = row;
    if (epoch !== this.epoch) {
      this.values = new Map();
      this.ranges = new Map();
      this.steps = new Map();
    }
    this.epoch = epoch;
    this.count(row, { epoch, values });
    keys.forEach((name, i) => {
      if (!this.shared.has(name)) return;
      const written = { value: values[i] ?? NaN, decimals: decimals[i] ?? -1 };
      this.compare(form, name, written);
      if (this.isByEpoch && !form.isBar) this.compareStep(row, name, written);
      if (this.isByEpoch) this.measure(form, name, written.value);
    });
  }

  /** Forms whose values are no sum of the steps before them: they are of another part. */
  strangers(): readonly (readonly [string, Form])[] {
    return [...this.outside].flatMap(([name, forms]) =>
      [...forms].flatMap(([form, { out, of }]) =>
        of > 1 && out * 2 > of ? [[name, form] as const] : [],
      ),
    );
  }

  private measure(form: Form, name: string, value: number): void {
    const range = this.ranges.get(name);
    if (form.steps.length > 0) this.ranges.set(name, widened(form, range, value));
    else if (form.epoch === null && form.scope === '' && range && range.count >= LEAST_STEPS) {
      const forms = this.outside.get(name) ?? new Map<Form, { out: number; of: number }>();
      this.outside.set(name, forms);
      const seen = forms.get(form) ?? { out: 0, of: 0 };
      forms.set(form, seen);
      seen.of += 1;
      if (value < range.least || value > range.most) seen.out += 1;
    }
  }

  /** A line that comes twice at once with the same values was written by two loggers. */
  private count(
    { form, line }: Row,
    { epoch, values }: { readonly epoch: number; readonly values: Float64Array },
  ): void {
    const seen = this.reports.get(form) ?? {
      epochs: 0,
      reports: 0,
      last: NaN,
      line: NaN,
      values: [],
    };
    this.reports.set(form, seen);
    const isSameEpoch = epoch === seen.last;
    const isNext = line === seen.line + 1;
    seen.line = line;
    if (isSameEpoch && isNext && seen.values.every((value, i) => value === values[i])) return;
    seen.reports += 1;
    if (!isSameEpoch) seen.epochs += 1;
    seen.last = epoch;
    seen.values = [...values];
  }

  private compare(form: Form, name: string, written: Written): void {
    for (const [other, earlier] of this.values.get(name) ?? [])
      if (other !== form && !isSame(earlier, written) && this.isAlike(form, other))
        this.clash(name, other, form);
    this.note(form, name, written);
  }

  /** Two kinds of lines of one step are two series where they say different things of it. */
  private compareStep({ form, values }: Row, name: string, written: Written): void {
    const step = values[form.steps[0]?.index ?? -1];
    if (step === undefined) return;
    const key = `${name} ${step}`;
    const other = this.steps.get(key);
    this.steps.set(key, { ...written, form });
    if (!other || other.form === form || isSame(other, written)) return;
    if (this.clashesOf(name) >= LEAST_CLASHES) this.differ(name, other.form, form);
  }

  /** Runs that broke off at their first step may have said unequal things of it. */
  private clash(name: string, ...forms: readonly Form[]): void {
    const isOnce = !this.isByEpoch && this.clashesOf(name) < 2;
    if (!isOnce) this.differ(name, ...forms);
  }

  private clashesOf(name: string): number {
    const clashes = (this.clashes.get(name) ?? 0) + 1;
    this.clashes.set(name, clashes);
    return clashes;
  }

  /** Steps and the whole of their epoch are one series. */
  private isAlike(a: Form, b: Form): boolean {
    return !this.isByEpoch || a.steps.length + b.steps.length === 0;
  }

  private note(form: Form, name: string, written: Written): void {
    const values = this.values.get(name) ?? new Map<Form, Written>();
    this.values.set(name, values);
    values.set(form, written);
  }

  private differ(name: string, ...forms: readonly Form[]): void {
    const unequal = this.unequal.get(name) ?? new Set<Form>();
    this.unequal.set(name, unequal);
    for (const form of forms) unequal.add(form);
  }
}

/** A part of the data that a line above names may be put before a name. */
const plainOf = (name: string): string => name.replace(/^(?:val|test)_/, '');

function sharedNames(uses: Plan['uses']): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { keys } of uses.values())
    for (const name of new Set(keys.map(plainOf))) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Set(
    [...counts].flatMap(([name, count]) =>
      count > 1 ? [name, `val_${name}`, `test_${name}`] : [],
    ),
  );
}

/** Forms whose lines come many times in one epoch without naming a step. */
export const repeatsOf = ({ reports }: Repeats): ReadonlySet<Form> =>
  new Set(
    [...reports]
      .filter(
        ([form, seen]) =>
          form.steps.every(({ name }) => isGlobal(name)) &&
          seen.reports > MOST_REPEATS * seen.epochs,
      )
      .map(([form]) => form),
  );

/**
 * New names for the series of forms that would overwrite those of another: the most telling form
 * keeps the name; `null` where too many say the same to tell them apart.
 */
export function renamedIn(seen: Repeats): ReadonlyMap<Form, ReadonlyMap<string, string | null>> {
  const renamed = new Map<Form, Map<string, string | null>>();
  for (const [name, form] of seen.strangers()) {
    if (seen.unequal.get(name)?.has(form) === true) continue;
    renamed.set(form, (renamed.get(form) ?? new Map()).set(name, `${name}_2`));
  }
  for (const [name, forms] of seen.unequal) {
    const weight = (form: Form): number => weightOf(form, name) + oftenOf(seen, form);
    const [first, ...others] = [...forms].toSorted((a, b) => weight(b) - weight(a));
    others.forEach((form, i) => {
      const names = renamed.get(form) ?? new Map<string, string | null>();
      renamed.set(form, names);
      const isLost =
        others.length > MOST_ALIKE || isChanceBeside(seen, form, first) || isBarOf(form, first);
      names.set(name, isLost ? null : otherName(name, form, { first, i }));
    });
  }
  return renamed;
}

/**
 * What a bar shows last is of its last batch, where a line tells of the whole epoch, or the same
 * bar once more with the validation.
 */
const isBarOf = (form: Form, first: Form | undefined): boolean =>
  form.isBar &&
  first !== undefined &&
  (first.isBar ? isHeldOut(first) && !isHeldOut(form) : first.epoch !== null);

/** Of so many lines of steps one that is written otherwise has something else run into it. */
const CHANCE = 50;

/** It is a line of chance, or says in one epoch alone what another tells of more. */
function isChanceBeside({ reports }: Repeats, form: Form, first: Form | undefined): boolean {
  const most = first && reports.get(first);
  const own = reports.get(form) ?? { reports: 0, epochs: 0 };
  if (!most) return false;
  const isOfSteps = most.reports > MOST_REPEATS * most.epochs;
  return (isOfSteps && own.reports * CHANCE < most.reports) || (own.epochs < 2 && most.epochs > 1);
}

/** What comes again and again is the series, what comes now and then another. */
const oftenOf = ({ reports }: Repeats, form: Form): number =>
  Math.min(2, Math.log10(reports.get(form)?.epochs ?? 1));

function weightOf(form: Form, name: string): number {
  const slot = form.measures.find((one) => one.name === name);
  const heldOut = form.measures.some((one) => /^(?:val|test)_/.test(one.name) && one.name !== name);
  const own = Number(slot?.isScoped === true) * 4 + Number(form.epoch !== null) * 3;
  const ofEpoch = Number(!form.isBar && form.epoch !== null) * 2;
  return own + ofEpoch + Number(heldOut) * 2 + form.measures.length / 1000;
}

/** A word that tells a series from others of its name; a part of the data is in that name. */
const isTelling = (word: string): boolean =>
  /^[a-z][\w-]{1,20}$/i.test(word) && scopeOf(word) === '';

function otherName(
  name: string,
  form: Form,
  { first, i }: { readonly first: Form | undefined; readonly i: number },
): string {
  const known = new Set((first?.words ?? '').split(' '));
  const counter = form.steps[0]?.name.toLowerCase();
  const word =
    (counter === first?.steps[0]?.name.toLowerCase() ? undefined : counter) ??
    form.words.split(' ').find((one) => isTelling(one) && !known.has(one));
  const plain = plainOf(name);
  const scope = name.slice(0, name.length - plain.length);
  return word === undefined || word === ''
    ? `${name}_${i + 2}`
    : `${scope}${word.toLowerCase()}_${plain}`;
}
