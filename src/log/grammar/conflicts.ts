import type { Observer } from './assemble.ts';
import type { Form, Row } from './form.ts';
import type { Plan } from './plan.ts';
import { isGlobal } from './words.ts';

/** More reports of one epoch than this, by lines of one form, are those of steps. */
const MOST_REPEATS = 2.5;
/** More forms than this that say the same are a table (of classes, of folds). */
const MOST_ALIKE = 3;

/** Looks on while rows are joined: which forms give one name two values in one epoch. */
export class Repeats implements Observer {
  /** Names that forms gave unequal values in one epoch. */
  readonly unequal = new Map<string, Set<Form>>();
  readonly reports = new Map<Form, { epochs: number; reports: number; last: number }>();
  private epoch = NaN;
  private readonly isByEpoch: boolean;
  /** Names that more than one form may report. */
  private readonly shared: ReadonlySet<string>;
  private values = new Map<string, Map<Form, number>>();

  constructor({ axis, uses }: Plan) {
    this.isByEpoch = axis === 'epoch';
    this.shared = sharedNames(uses);
  }

  saw({ form }: Row, epoch: number, names: readonly string[], values: Float64Array): void {
    if (epoch !== this.epoch) this.values = new Map();
    this.epoch = epoch;
    this.count(form, epoch);
    names.forEach((name, i) => {
      if (this.shared.has(name)) this.compare(form, name, values[i] ?? NaN);
    });
  }

  private count(form: Form, epoch: number): void {
    const seen = this.reports.get(form) ?? { epochs: 0, reports: 0, last: NaN };
    this.reports.set(form, seen);
    seen.reports += 1;
    if (epoch !== seen.last) seen.epochs += 1;
    seen.last = epoch;
  }

  private compare(form: Form, name: string, value: number): void {
    for (const [other, earlier] of this.values.get(name) ?? [])
      if (other !== form && !Object.is(earlier, value) && this.isAlike(form, other))
        this.differ(name, other, form);
    this.note(form, name, value);
  }

  /** Steps and the whole of their epoch are one series. */
  private isAlike(a: Form, b: Form): boolean {
    return !this.isByEpoch || a.steps.length + b.steps.length === 0;
  }

  private note(form: Form, name: string, value: number): void {
    const values = this.values.get(name) ?? new Map<Form, number>();
    this.values.set(name, values);
    values.set(form, value);
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
  for (const [name, forms] of seen.unequal) {
    const [first, ...others] = [...forms].toSorted((a, b) => weightOf(b, name) - weightOf(a, name));
    others.forEach((form, i) => {
      const names = renamed.get(form) ?? new Map<string, string | null>();
      renamed.set(form, names);
      names.set(name, others.length > MOST_ALIKE ? null : otherName(name, form, { first, i }));
    });
  }
  return renamed;
}

function weightOf(form: Form, name: string): number {
  const slot = form.measures.find((one) => one.name === name);
  const heldOut = form.measures.some((one) => /^(?:val|test)_/.test(one.name) && one.name !== name);
  const own = Number(slot?.isScoped === true) * 4 + Number(form.epoch !== null) * 3;
  return own + Number(heldOut) * 2 + form.measures.length / 1000;
}

function otherName(
  name: string,
  form: Form,
  { first, i }: { readonly first: Form | undefined; readonly i: number },
): string {
  const known = new Set((first?.words ?? '').split(' '));
  const word =
    form.steps[0]?.name.toLowerCase() ??
    form.words.split(' ').find((one) => /^[a-z][\w-]{1,20}$/i.test(one) && !known.has(one));
  return word === undefined || word === '' ? `${name}_${i + 2}` : `${word.toLowerCase()}_${name}`;
}
