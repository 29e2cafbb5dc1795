import type { Form, Row } from './form.ts';
import type { Plan } from './plan.ts';

/** Of a form in a run: the first epoch it spoke of, and whether a later one had been told then. */
interface First {
  readonly epoch: number;
  readonly isLate: boolean;
}

/**
 * Follows which forms go through the epochs of a run a second time, as an evaluation of all of them
 * does once the training is over.
 */
export class Passes {
  private readonly own: ReadonlySet<Form>;
  private readonly firstOf = new Map<Form, First>();
  private most = -Infinity;

  /** `own`: forms that are known to tell of runs of their own. */
  constructor(own: ReadonlySet<Form> = new Set()) {
    this.own = own;
  }

  /** The greatest epoch of the run so far. */
  get last(): number {
    return this.most;
  }

  /** A line of a form speaks of an epoch: whether it goes through them again. */
  isAgain(form: Form, epoch: number): boolean {
    if (this.beginsRun(form, epoch)) this.firstOf.clear();
    if (this.firstOf.size === 0) this.most = -Infinity;
    const isLate = epoch < this.most && !this.own.has(form);
    const first = this.firstOf.get(form) ?? { epoch, isLate };
    this.firstOf.set(form, first);
    this.most = Math.max(this.most, epoch);
    return first.isLate && epoch >= first.epoch;
  }

  /** What began the run begins again, or another form that begins runs is at its first epoch. */
  private beginsRun(form: Form, epoch: number): boolean {
    if (epoch >= this.most) return false;
    const first = this.firstOf.get(form);
    if (first) return !first.isLate && epoch <= first.epoch;
    return this.own.has(form) && [...this.firstOf.values()].every((one) => epoch <= one.epoch);
  }
}

/**
 * Forms of lines that tell of runs of their own: they once came before any later epoch, or went
 * beyond what was told before them.
 */
export function formsOfRuns(rows: readonly Row[], { axis, uses }: Plan): ReadonlySet<Form> {
  const own = new Set<Form>();
  if (axis !== 'epoch') return own;
  const passes = new Passes();
  const mostAt = new Map<Form, number>();
  for (const { form, values } of rows) {
    const { counter = null, keys = [] } = uses.get(form) ?? {};
    if (counter === null || keys.length === 0 || form.style === 'CSV table') continue;
    const epoch = values[counter.index] ?? NaN;
    const before = passes.last;
    if (!passes.isAgain(form, epoch) || epoch > (mostAt.get(form) ?? before)) own.add(form);
    if (!mostAt.has(form)) mostAt.set(form, before);
  }
  return own;
}
