import type { Form, FormSlot, Row } from './form.ts';
import { isKnown } from './names.ts';

/** So many lines of a table that is printed again and again may be of classes or groups. */
const MOST_CLASSES = 64;

/**
 * Forms whose lines are the rows of a table that comes again and again, told apart by whole numbers
 * of names that say nothing (`group = 0 [n = 3498]: loss = 0.1`): none of them is of the whole.
 */
export function formsOfClasses(rows: readonly Row[]): ReadonlySet<Form> {
  const labels = new Map<Form, string[]>();
  for (const { form, values } of rows) {
    if (form.epoch !== null || form.steps.length > 0) continue;
    const slots = labelsOf(form);
    if (slots.length === 0) continue;
    const told = labels.get(form) ?? [];
    labels.set(form, told);
    told.push(slots.map(({ index }) => values[index] ?? NaN).join());
  }
  return new Set([...labels].filter(([, told]) => comesAgain(told)).map(([form]) => form));
}

const labelsOf = ({ measures, style }: Form): readonly FormSlot[] =>
  style === 'epoch lines' ? measures.filter(({ name }) => !isKnown(name)) : [];

/** The same few different labels over and over. */
function comesAgain(labels: readonly string[]): boolean {
  const period = labels.indexOf(labels[0] ?? '', 1);
  if (period < 2 || period > MOST_CLASSES || labels.length < 2 * period) return false;
  const isOver = labels.every((label, i) => i < period || label === labels[i - period]);
  return isOver && new Set(labels.slice(0, period)).size === period;
}
