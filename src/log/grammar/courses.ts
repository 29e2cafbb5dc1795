import { formsOfClasses } from './classTables.ts';
import type { Form, FormSlot, Row } from './form.ts';
import { isKnown } from './names.ts';
import type { Use } from './plan.ts';

/** A number that is written so often without a change is a setting, or a place in a program. */
const LEAST_CONSTANT = 3;
/** A log of so many points shows its curves: what comes once behind them is none. */
const LEAST_POINTS = 4;

/** What the numbers of the forms do from line to line. */
export interface Courses {
  /** Whole numbers of names that say nothing, which never change. */
  readonly constants: ReadonlySet<FormSlot>;
  /**
   * Forms of no curve: of classes, of whole numbers that nothing counts, or only behind the last
   * line that counts, of the whole.
   */
  readonly results: ReadonlySet<Form>;
  /** Forms whose values of no name only get greater: scores, and no losses. */
  readonly scores: ReadonlySet<Form>;
}

interface Course {
  rows: number;
  readonly first: Float64Array;
  last: Float64Array;
  readonly changes: Uint8Array;
  /** Of each number whether it was a whole one in every line. */
  readonly wholes: Uint8Array;
}

interface Known {
  readonly courses: ReadonlyMap<Form, Course>;
  readonly uses: ReadonlyMap<Form, Use>;
}

/** Follows the numbers of all rows. */
export function coursesIn(rows: readonly Row[], uses: ReadonlyMap<Form, Use>): Courses {
  const courses = new Map<Form, Course>();
  for (const row of rows) note(courses, row);
  const tables = formsOfClasses(rows);
  const constants = [...courses].flatMap(([form, course]) =>
    course.rows >= LEAST_CONSTANT && form.style === 'epoch lines' ? constantsOf(form, course) : [],
  );
  const listings = [...courses].flatMap((one) => (isListing(...one) ? [one[0]] : []));
  const results = new Set([...resultsIn(rows, { courses, uses }), ...tables, ...listings]);
  const scores = [...courses].filter(([form, course]) => rises(form, course));
  return { constants: new Set(constants), results, scores: new Set(scores.map(([form]) => form)) };
}

function note(courses: Map<Form, Course>, { form, values, decimals }: Row): void {
  const course = courses.get(form) ?? {
    rows: 0,
    first: values.slice(),
    last: values,
    changes: new Uint8Array(values.length),
    wholes: new Uint8Array(values.length).fill(1),
  };
  courses.set(form, course);
  course.rows += 1;
  course.last = values;
  for (let i = 0; i < values.length; i += 1) {
    if (decimals[i] !== 0) course.wholes[i] = 0;
    if (!Object.is(values[i], course.first[i]) || decimals[i] !== 0) course.changes[i] = 1;
  }
}

/** All of its values without a name end higher than they began, and none is above one. */
function rises({ measures }: Form, { first, last, rows }: Course): boolean {
  const bare = measures.filter(({ isBare }) => isBare);
  const isShare = (value: number): boolean => value > 0 && value <= 1;
  return (
    rows >= LEAST_POINTS &&
    bare.length > 0 &&
    bare.every(({ index }) => {
      const [from, to] = [first[index] ?? NaN, last[index] ?? NaN];
      return isShare(from) && isShare(to) && to > from;
    })
  );
}

const constantsOf = ({ measures }: Form, { changes }: Course): readonly FormSlot[] =>
  measures.filter(({ name, index, isBare }) => changes[index] === 0 && (isBare || !isKnown(name)));

/** Lines of nothing but whole numbers that nothing counts: of a game, or of a listing. */
const isListing = (form: Form, { rows, wholes }: Course): boolean =>
  rows >= LEAST_POINTS &&
  form.style === 'epoch lines' &&
  saysNothingElse(form) &&
  form.measures.every(({ index }) => wholes[index] === 1);

/** It counts nothing, and names nothing that is known. */
const saysNothingElse = ({ epoch, steps, measures }: Form): boolean =>
  epoch === null && steps.length === 0 && measures.every(({ name }) => !isKnown(name));

/**
 * Of several counters of a row or a box, the one that rises most often goes first: rounded ones
 * (`2.6e+03`) stand still. What falls more often than it rises counts nothing.
 */
export function orderCounters(rows: readonly Row[]): void {
  const records = new Set(rows.map(({ form }) => form).filter(isRecord));
  for (const form of records) {
    const own = rows.filter((row) => row.form === form);
    const rises = new Map(form.steps.map((slot) => [slot, risesOf(own, slot)]));
    const rising = form.steps.filter((slot) => isRising(own, slot, rises.get(slot) ?? 0));
    form.steps = (own.length < LEAST_POINTS ? form.steps : rising).toSorted(
      (a, b) => (rises.get(b) ?? 0) - (rises.get(a) ?? 0),
    );
  }
}

const isRising = (rows: readonly Row[], slot: FormSlot, rises: number): boolean =>
  rises > 1 && 2 * fallsOf(rows, slot) <= rises;

const fallsOf = (rows: readonly Row[], { index }: FormSlot): number =>
  rows.filter((row, i) => (row.values[index] ?? NaN) < (rows[i - 1]?.values[index] ?? -Infinity))
    .length;

const risesOf = (rows: readonly Row[], { index }: FormSlot): number =>
  rows.filter((row, i) => (row.values[index] ?? NaN) > (rows[i - 1]?.values[index] ?? -Infinity))
    .length;

const isRecord = ({ style, steps, epoch }: Form): boolean =>
  (style === 'boxes' && steps.length > 1) ||
  (epoch === null && steps.length > 0 && RECORDS.has(style));

const RECORDS: ReadonlySet<string> = new Set(['CSV table', 'JSON lines']);

/** A whole number that stands first and rises from line to line counts, whatever its name. */
export function promotedCounters(rows: readonly Row[]): ReadonlyMap<Form, FormSlot> {
  const courses = new Map<Form, { last: number; rises: number; others: number }>();
  const isCounted = rows.some(({ form }) => form.epoch !== null || form.steps.length > 0);
  for (const { form, values } of rows) {
    const slot = candidateOf(form);
    if (slot === null || (isCounted && slot.role !== 'lead')) continue;
    const value = values[slot.index] ?? NaN;
    const course = courses.get(form) ?? { last: NaN, rises: 0, others: 0 };
    courses.set(form, course);
    if (!Number.isInteger(value) || value < 0) course.others = Infinity;
    else if (value > course.last) course.rises += 1;
    else if (!Number.isNaN(course.last)) course.others += 1;
    course.last = value;
  }
  return new Map(
    [...courses].flatMap(([form, { rises, others }]): [Form, FormSlot][] => {
      const slot = candidateOf(form);
      return slot && rises >= 2 && others * 4 <= rises ? [[form, slot]] : [];
    }),
  );
}

function candidateOf(form: Form): FormSlot | null {
  const [first, ...others] = form.slots;
  if (!first || form.epoch || form.steps.length > 0) return null;
  const isUnknown = first.role === 'lead' || (first.role === 'measure' && !isKnown(first.name));
  return isUnknown && others.some(({ role }) => role === 'measure') ? first : null;
}

/** Forms that came only after the last line that counts, and say nothing that is missing there. */
function resultsIn(rows: readonly Row[], { courses, uses }: Known): ReadonlySet<Form> {
  const counts = ({ form }: Row): boolean => (uses.get(form)?.counter ?? null) !== null;
  const most = Math.max(0, ...[...courses.values()].map((course) => course.rows));
  const last = rows.findLastIndex(counts);
  if (most < LEAST_POINTS || last < 0) return new Set();
  const before = new Set(rows.slice(0, last + 1).map(({ form }) => form));
  const behind = new Set(rows.slice(last).map(({ form }) => form));
  const keysOf = (form: Form): readonly string[] => uses.get(form)?.keys ?? [];
  const ordered = [...before].filter((form) => (uses.get(form)?.counter ?? null) === null);
  const known = new Set(ordered.flatMap(keysOf));
  const told = new Set([...behind].filter((form) => before.has(form)).flatMap(keysOf));
  return new Set(
    [...behind].filter(
      (form) =>
        !before.has(form) &&
        form.style === 'epoch lines' &&
        !keysOf(form).some((key) => known.has(key) && !told.has(key)),
    ),
  );
}
