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
  /** Forms that come only behind the last line that counts: the result of the whole. */
  readonly results: ReadonlySet<Form>;
}

interface Course {
  rows: number;
  readonly first: Float64Array;
  readonly changes: Uint8Array;
}

interface Known {
  readonly courses: ReadonlyMap<Form, Course>;
  readonly uses: ReadonlyMap<Form, Use>;
}

/** Follows the numbers of all rows. */
export function coursesIn(rows: readonly Row[], uses: ReadonlyMap<Form, Use>): Courses {
  const courses = new Map<Form, Course>();
  for (const row of rows) note(courses, row);
  const constants = [...courses].flatMap(([form, course]) =>
    course.rows >= LEAST_CONSTANT && form.style === 'epoch lines' ? constantsOf(form, course) : [],
  );
  return { constants: new Set(constants), results: resultsIn(rows, { courses, uses }) };
}

function note(courses: Map<Form, Course>, { form, values, decimals }: Row): void {
  const course = courses.get(form) ?? {
    rows: 0,
    first: values.slice(),
    changes: new Uint8Array(values.length),
  };
  courses.set(form, course);
  course.rows += 1;
  for (let i = 0; i < values.length; i += 1)
    if (!Object.is(values[i], course.first[i]) || decimals[i] !== 0) course.changes[i] = 1;
}

const constantsOf = ({ measures }: Form, { changes }: Course): readonly FormSlot[] =>
  measures.filter(({ name, index }) => changes[index] === 0 && !isKnown(name));

/**
 * Of several counters of a row or a box, the one that rises most often goes first: rounded ones
 * (`2.6e+03`) stand still.
 */
export function orderCounters(rows: readonly Row[]): void {
  const boxes = new Set(rows.map(({ form }) => form).filter(isRecord));
  for (const form of boxes) {
    const own = rows.filter((row) => row.form === form);
    const rises = new Map(form.steps.map((slot) => [slot, risesOf(own, slot)]));
    form.steps = form.steps.toSorted((a, b) => (rises.get(b) ?? 0) - (rises.get(a) ?? 0));
  }
}

const risesOf = (rows: readonly Row[], { index }: FormSlot): number =>
  rows.filter((row, i) => (row.values[index] ?? NaN) > (rows[i - 1]?.values[index] ?? -Infinity))
    .length;

const isRecord = ({ style, steps }: Form): boolean => style === 'boxes' && steps.length > 1;

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
