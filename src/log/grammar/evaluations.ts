import type { Form, Row } from './form.ts';
import { isGlobal } from './words.ts';

/** Whether `Train: [3/50]` counts batches: where others name their epochs, and these go beyond. */
export function hasBatchesInBrackets(rows: readonly Row[]): boolean {
  const named = new Set<number>();
  const unnamed = new Set<number>();
  for (const { form, values } of rows) {
    const { epoch } = form;
    if (epoch === null) continue;
    (epoch.name === '' ? unnamed : named).add(values[epoch.index] ?? NaN);
  }
  const others = [...unnamed].filter((value) => !named.has(value)).length;
  return named.size > 0 && others * 2 > unnamed.size;
}

/** The forms that count the batches of an evaluation, of which there are not as many. */
export function evaluationsIn(rows: readonly Row[]): ReadonlySet<Form> {
  const [training, heldOut] = [new Set<number>(), new Map<Form, number>()];
  let trains = false;
  for (const { form, values } of rows) {
    const [step] = form.steps;
    if (step === undefined || form.measures.length === 0) continue;
    const total = step.hasTotal ? (values[step.index + 1] ?? NaN) : NaN;
    if (!isOfHeldOut(form)) {
      trains = true;
      training.add(total);
    } else if (!isGlobal(step.name) && !Number.isNaN(total)) heldOut.set(form, total);
  }
  const found = [...heldOut].filter(([, total]) => trains && !training.has(total));
  return new Set(found.map(([form]) => form));
}

const isOfHeldOut = ({ scope, measures }: Form): boolean =>
  (scope === 'val' || scope === 'test') &&
  measures.every(({ name }) => /^(?:val|test)_/.test(name));
