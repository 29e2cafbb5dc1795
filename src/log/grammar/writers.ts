import type { Form, Row } from './form.ts';
import { isGrade } from './names.ts';

/** Processes whose lines take turns, each with its own number: `(train pid=4711)`. */
export function hasManyWriters(rows: readonly Row[]): boolean {
  const seen = new Map<Form, { readonly writers: Set<number>; last: number; turns: number }>();
  for (const { form, values } of rows) {
    const writer = values[form.measures.find(({ name }) => isWriter(name))?.index ?? -1];
    if (writer === undefined || !form.measures.some(({ name }) => isGrade(name))) continue;
    const course = seen.get(form) ?? { writers: new Set(), last: NaN, turns: 0 };
    seen.set(form, course);
    course.writers.add(writer);
    if (writer !== course.last) course.turns += 1;
    course.last = writer;
  }
  return [...seen.values()].some(({ writers, turns }) => writers.size > 1 && turns > writers.size);
}

/** The number of the process that wrote a line. */
export const isWriter = (name: string): boolean => /(?:^|_)pid$/i.test(name);
