import type { Form, Row } from './form.ts';
import type { Plan } from './plan.ts';

/** Of a form in a run: the first epoch it spoke of, and whether a later one had been told then. */
interface First {
  readonly epoch: number;
  readonly isLate: boolean;
}

/** A step back of more epochs than this to where a form always begins is another run. */
const FAR = 3;

/**
 * Follows which forms go through the epochs of a run a second time, as an evaluation of all of them
 * does once the training is over.
 */
export class Passes {
  /** The last line began a run though others of the run before began earlier. */
  begun = false;
  private readonly own: ReadonlyMap<Form, number>;
  private readonly firstOf = new Map<Form, First>();
  private most = -Infinity;

  /** `own`: forms that are known to tell of runs of their own, and the least epoch of each. */
  constructor(own: ReadonlyMap<Form, number> = new Map()) {
    this.own = own;
  }

  /** The greatest epoch of the run so far. */
  get last(): number {
    return this.most;
  }

  /** A line of a form speaks of an epoch: whether it goes through them again. */
  isAgain(form: Form, epoch: number): boolean {
    this.begun = this.beginsOther(form, epoch);
    if (this.begun || this.beginsRun(form, epoch)) this.firstOf.clear();
    if (this.firstOf.size === 0) this.most = -Infinity;
    const isLate = epoch < this.most && !this.own.has(form);
    const first = this.firstOf.get(form) ?? { epoch, isLate };
    this.firstOf.set(form, first);
    this.most = Math.max(this.most, epoch);
    return first.isLate && epoch >= first.epoch;
  }

  /** What began the run begins again, or another form that begins runs is at the first epoch. */
  private beginsRun(form: Form, epoch: number): boolean {
    if (epoch >= this.most) return false;
    const first = this.firstOf.get(form);
    if (first) return !first.isLate && epoch <= first.epoch;
    return this.own.has(form) && [...this.firstOf.values()].every((one) => epoch <= one.epoch);
  }

  /** Far behind the others a form that begins runs, and is new in this one, is at its first. */
  private beginsOther(form: Form, epoch: number): boolean {
    const least = this.own.get(form);
    return (
      least !== undefined && epoch <= least && this.most - epoch > FAR && !this.firstOf.has(form)
    );
  }
}

/**
 * Forms of lines that tell of runs of their own, and the least epoch of each: they once came before
 * any later epoch, or went beyond what was told before them, or say all that those say which did.
 */
export function formsOfRuns(rows: readonly Row[], plan: Plan): ReadonlyMap<Form, number> {
  const { own, leasts } = plan.axis === 'epoch' ? firstsIn(rows, plan) : NOTHING;
  const keysOf = (form: Form): readonly string[] => plan.uses.get(form)?.keys ?? [];
  const told = [...own].map(keysOf);
  const like = [...leasts.keys()].filter((form) => saysAll(keysOf(form), told));
  return new Map([...own, ...like].map((form) => [form, leasts.get(form) ?? NaN]));
}

/** Forms that begin runs, and the least epoch of every form that counts. */
interface Firsts {
  readonly own: ReadonlySet<Form>;
  readonly leasts: ReadonlyMap<Form, number>;
}

const NOTHING: Firsts = { own: new Set(), leasts: new Map() };

function firstsIn(rows: readonly Row[], { uses }: Plan): Firsts {
  const own = new Set<Form>();
  const leasts = new Map<Form, number>();
  const passes = new Passes();
  const mostAt = new Map<Form, number>();
  for (const { form, values } of rows) {
    const { counter = null, keys = [] } = uses.get(form) ?? {};
    if (counter === null || keys.length === 0 || form.style === 'CSV table') continue;
    const epoch = values[counter.index] ?? NaN;
    const before = mostAt.get(form) ?? passes.last;
    mostAt.set(form, before);
    leasts.set(form, Math.min(leasts.get(form) ?? Infinity, epoch));
    if (!passes.isAgain(form, epoch) || epoch > before) own.add(form);
  }
  return { own, leasts };
}

/** All that a line of a run says, of at least two series. */
const saysAll = (keys: readonly string[], runs: readonly (readonly string[])[]): boolean =>
  runs.some((run) => run.length > 1 && run.every((key) => keys.includes(key)));

/** So often the epochs of lines of one form go back and on again where two trainings write. */
const MOST_TURNS = 10;

/** How the epochs of a form went: how often they changed, and how often to the one before. */
interface Course {
  before: number;
  last: number;
  turns: number;
  moves: number;
}

/** Two trainings write lines of one form in turn: their epochs go to and fro. */
export function takesTurns(rows: readonly Row[]): boolean {
  const seen = new Map<Form, Course>();
  for (const { form, values } of rows) {
    const epoch = form.measures.length > 0 ? values[form.epoch?.index ?? -1] : undefined;
    if (epoch === undefined || form.isFractional) continue;
    const course = seen.get(form) ?? { before: NaN, last: epoch, turns: 0, moves: 0 };
    seen.set(form, course);
    if (epoch !== course.last) move(course, epoch);
  }
  return [...seen.values()].some(({ turns, moves }) => turns >= MOST_TURNS && 2 * turns > moves);
}

function move(course: Course, epoch: number): void {
  course.moves += 1;
  if (epoch === course.before) course.turns += 1;
  course.before = course.last;
  course.last = epoch;
}
