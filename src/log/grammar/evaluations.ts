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
  return named.size > 0 && others > 0 && others * 2 >= unnamed.size;
}

/** Tells the forms what their counters count. */
export function tellCounters(rows: readonly Row[], isBatches: boolean): void {
  for (const form of isBatches ? rows.map((row) => row.form) : formsOfJumps(rows))
    form.countsBatches();
  for (const form of phasesIn(rows)) form.epoch = null;
  const rounds = roundsIn(rows);
  if (rounds.size > 0) for (const { form } of rows) form.countsRounds(rounds);
}

/** `[2/3] Training`: where a word names epochs, a heading that counts without one has phases. */
function phasesIn(rows: readonly Row[]): readonly Form[] {
  const forms = [...new Set(rows.map(({ form }) => form))];
  const isNamed = forms.some(
    ({ measures, epoch }) => measures.length > 0 && /epoch/i.test(epoch?.name ?? ''),
  );
  const unnamed = forms.filter(
    ({ measures, epoch }) => measures.length === 0 && epoch?.name === '',
  );
  return isNamed ? unnamed : [];
}

/** Forms whose unnamed counter in brackets jumps, as steps do: `[500/50000]`, `[1000/50000]`. */
function formsOfJumps(rows: readonly Row[]): ReadonlySet<Form> {
  const seen = new Map<Form, { last: number; jumps: number; others: number }>();
  for (const { form, values } of rows) {
    if (form.epoch?.name !== '' || !form.epoch.hasTotal) continue;
    const value = values[form.epoch.index] ?? NaN;
    const course = seen.get(form) ?? { last: value, jumps: 0, others: 0 };
    seen.set(form, course);
    if (value > course.last + 1) course.jumps += 1;
    else if (value !== course.last) course.others += 1;
    course.last = value;
  }
  return new Set([...seen].filter(([, { jumps, others }]) => jumps > others).map(([form]) => form));
}

/**
 * Names of counters that stand still while another on their lines goes up to its total, and rise
 * when that begins again: `round 3 step 10/20`. They count as epochs do.
 */
function roundsIn(rows: readonly Row[]): ReadonlySet<string> {
  const seen = new Map<Form, { round: number; step: number; turns: number; others: number }>();
  for (const { form, values } of rows) {
    const [first, second] = form.steps;
    if (!first || second?.hasTotal !== true || form.epoch !== null) continue;
    const [round = NaN, step = NaN] = [values[first.index], values[second.index]];
    const course = seen.get(form) ?? { round, step, turns: 0, others: 0 };
    seen.set(form, course);
    if (round > course.round && step <= course.step) course.turns += 1;
    else if (round !== course.round || step < course.step) course.others += 1;
    Object.assign(course, { round, step });
  }
  const names = [...seen].flatMap(([form, { turns, others }]) =>
    turns > 0 && others === 0 ? [form.steps[0]?.name ?? ''] : [],
  );
  return new Set(names.filter((name) => name !== ''));
}

/** The forms that count the batches of an evaluation, of which there are not as many. */
export function evaluationsIn(rows: readonly Row[]): ReadonlySet<Form> {
  const training = new Set<number>();
  const heldOut = new Map<Form, number>();
  for (const row of rows) {
    const { form } = row;
    if (form.steps.length === 0 || form.measures.length === 0) continue;
    if (isOfHeldOut(form)) heldOut.set(form, totalOf(row));
    else training.add(totalOf(row));
  }
  if (training.size === 0) return new Set();
  const found = [...heldOut].filter(([, total]) => !Number.isNaN(total) && !training.has(total));
  return new Set(found.map(([form]) => form));
}

/** How many steps there are of which a row is one; `NaN` where it does not say. */
function totalOf({ form: { steps }, values }: Row): number {
  const [step] = steps;
  const isOfEpoch = step?.hasTotal === true && !isGlobal(step.name);
  return isOfEpoch ? (values[step.index + 1] ?? NaN) : NaN;
}

const isOfHeldOut = ({ scope, measures }: Form): boolean =>
  (scope === 'val' || scope === 'test') &&
  measures.every(({ name }) => /^(?:val|test)_/.test(name));
