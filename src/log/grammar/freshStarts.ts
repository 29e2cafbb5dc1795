import type { Form, Row } from './form.ts';
import type { Plan } from './plan.ts';

/** The epoch and step that lines of a form told last, and where they went back inside an epoch. */
interface Course {
  readonly begin: number;
  epoch: number;
  last: number;
  readonly starts: { readonly epoch: number; readonly line: number }[];
}

/**
 * Lines on which a training begins anew inside its first epoch: the steps of their form go back
 * there, and in no later epoch. A loop over parts of the data goes back in each.
 */
export function freshStarts(rows: readonly Row[], { axis, uses }: Plan): ReadonlySet<number> {
  const courses = new Map<Form, Course>();
  for (const row of rows) {
    const { counter = null, step = null, isStep = false } = uses.get(row.form) ?? {};
    if (axis !== 'epoch' || counter === null || step === null || !isStep) continue;
    follow(courses, row, [row.values[counter.index] ?? NaN, row.values[step.index] ?? NaN]);
  }
  const all = [...courses.values()].filter(({ starts, begin }) =>
    starts.every(({ epoch }) => epoch === begin),
  );
  return new Set(all.flatMap(({ starts }) => starts.map(({ line }) => line)));
}

function follow(
  courses: Map<Form, Course>,
  { form, line }: Row,
  [epoch, step]: readonly [number, number],
): void {
  const course = courses.get(form) ?? { begin: epoch, epoch, last: step, starts: [] };
  courses.set(form, course);
  if (epoch === course.epoch && step < course.last) course.starts.push({ epoch, line });
  Object.assign(course, { epoch, last: step });
}
