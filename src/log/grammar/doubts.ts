import type { Form, FormSlot, Row } from './form.ts';
import type { Doubt, Plan, Use } from './plan.ts';
import { isGlobal } from './words.ts';

/** So often a counter goes back to the middle of its run where nothing is taken up again. */
const MOST_BACK = 10;
/** So much of its moves go back where two things are counted by it. */
const SHARE_BACK = 0.25;

const ASTRAY: Doubt = 'its counter goes to and fro, as that of several trainings does';
const EVALUATION: Doubt = 'it tells the batches of an evaluation, and no training';

/** What is doubtful about a reading of rows. */
export function doubtIn(rows: readonly Row[], plan: Plan): Doubt | null {
  if (plan.axis === 'row' || plan.style === 'own pattern') return null;
  if (isEvaluation(rows, plan)) return EVALUATION;
  return goesAstray(rows, plan) ? ASTRAY : null;
}

/** All that is told is of held-out data, by the batches that it was gone through in. */
function isEvaluation(rows: readonly Row[], { axis, uses }: Plan): boolean {
  const told = [...uses].filter(([, { keys }]) => keys.length > 0);
  if (axis !== 'step' || told.length === 0) return false;
  return told.every(([form, use]) => isOfHeldOutBatches(use) && !countsOneByOne(rows, form, use));
}

const isOfHeldOutBatches = ({ keys, counter }: Use): boolean =>
  counter?.hasTotal === true &&
  !isGlobal(counter.name) &&
  keys.every((key) => /^(?:val|test)_/.test(key));

/** As epochs do; batches are told every so many, and begin again. */
function countsOneByOne(rows: readonly Row[], form: Form, { counter }: Use): boolean {
  const own = rows.filter((row) => row.form === form);
  const counts = own.map(({ values }) => values[counter?.index ?? -1] ?? NaN);
  return counts.every((count, i) => i === 0 || count === (counts[i - 1] ?? NaN) + 1);
}

/** How the counter of a form moves. */
interface Course {
  first: number;
  last: number;
  moves: number;
  back: number;
}

function goesAstray(rows: readonly Row[], { uses }: Plan): boolean {
  const courses = new Map<Form, Course>();
  for (const row of rows) {
    const { counter = null, keys = [] } = uses.get(row.form) ?? {};
    if (counter !== null && keys.length > 0) follow(courses, row, counter);
  }
  return [...courses.values()].some(
    ({ back, moves }) => back >= MOST_BACK && back > SHARE_BACK * moves,
  );
}

function follow(courses: Map<Form, Course>, { form, values }: Row, { index }: FormSlot): void {
  const value = values[index] ?? NaN;
  const course = courses.get(form) ?? { first: value, last: value, moves: 0, back: 0 };
  courses.set(form, course);
  if (value === course.last) return;
  course.moves += 1;
  if (value <= course.first) course.first = value;
  else if (value < course.last) course.back += 1;
  course.last = value;
}
