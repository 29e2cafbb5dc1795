import type { Form, Row } from './form.ts';
import { isText } from './plan.ts';
import { isGlobal } from './words.ts';

/** Fewer fits than this are no training in rounds. */
const LEAST_FITS = 3;

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
  for (const form of fractionalIn(rows)) form.isFractional = true;
  const rounds = fitsOfOneEpoch(rows) ?? roundsIn(rows);
  if (rounds.size > 0) for (const { form } of rows) form.countsRounds(rounds);
}

/** Rows and objects most of whose epochs are no whole ones: `{"epoch": 0.02}`. */
function fractionalIn(rows: readonly Row[]): readonly Form[] {
  const seen = new Map<Form, { whole: number; between: number }>();
  for (const { form, values } of rows) {
    const epoch = isText(form) ? undefined : values[form.epoch?.index ?? -1];
    if (epoch === undefined) continue;
    const course = seen.get(form) ?? { whole: 0, between: 0 };
    seen.set(form, course);
    course[Number.isInteger(epoch) ? 'whole' : 'between'] += 1;
  }
  return [...seen].flatMap(([form, { whole, between }]) => (between > whole ? [form] : []));
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

/**
 * Names of the headings that count where each fit is of one epoch: `Iteration 3`, `Epoch 1/1`;
 * `null` where there are no such fits. Their epochs count nothing then.
 */
function fitsOfOneEpoch(rows: readonly Row[]): ReadonlySet<string> | null {
  const fits = rows.filter(({ form }) => form.epoch !== null);
  const isOne = ({ form, values }: Row): boolean => {
    const at = form.epoch?.hasTotal === true ? form.epoch.index : -1;
    return values[at] === 1 && values[at + 1] === 1;
  };
  if (fits.length < LEAST_FITS || !fits.every(isOne)) return null;
  const names = namesOfRises(rows, fits.length);
  if (names.size > 0) for (const { form } of fits) form.epoch = null;
  return names;
}

/** The counters of headings that come as often and rise by one. */
function namesOfRises(rows: readonly Row[], times: number): ReadonlySet<string> {
  const counts = new Map<string, number[]>();
  for (const { form, values } of rows) {
    const [slot] = form.measures.length === 0 && form.steps.length === 1 ? form.steps : [];
    if (slot) counts.set(slot.name, [...(counts.get(slot.name) ?? []), values[slot.index] ?? NaN]);
  }
  const rises = (own: readonly number[]): boolean =>
    own.every((value, i) => i === 0 || value === (own[i - 1] ?? NaN) + 1);
  const found = [...counts].filter(
    ([, own]) => Math.abs(own.length - times) <= 1 && own.length >= LEAST_FITS && rises(own),
  );
  return new Set(found.map(([name]) => name));
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
