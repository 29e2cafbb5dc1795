import { Assembler } from './assemble.ts';
import { aheadOfEpochs } from './ahead.ts';
import { axisOf, isHeading, isHeldOut } from './axis.ts';
import { Repeats } from './conflicts.ts';
import { evaluationsIn, hasBatchesInBrackets, tellCounters } from './evaluations.ts';
import { coursesIn, orderCounters, promotedCounters } from './courses.ts';
import type { Courses } from './courses.ts';
import { doubtIn } from './doubts.ts';
import type { Form, FormSlot, Row } from './form.ts';
import { freshStarts } from './freshStarts.ts';
import { isGrade } from './names.ts';
import { formsOfRuns, takesTurns } from './passes.ts';
import { isText, unused } from './plan.ts';
import type { Axis, Plan, Use } from './plan.ts';
import { settled } from './settle.ts';
import { isGlobal } from './words.ts';
import { hasManyWriters, isWriter } from './writers.ts';

/** Finds out how a log is to be read from rows of it; by another axis than they show, if given. */
export function learn(rows: readonly Row[], by: Axis | null): Plan {
  const isBatches = hasBatchesInBrackets(rows);
  tellCounters(rows, isBatches);
  orderCounters(rows);
  const counters = promotedCounters(rows);
  const axis = by ?? axisOf(rows, counters);
  const style = styleOf(rows);
  const first: Plan = {
    axis,
    style,
    isHeaded: rows.some(({ form }) => isHeading(form) && form.epoch !== null),
    hasBatchesInBrackets: isBatches,
    ahead: new Set(),
    evaluations: evaluationsIn(rows),
    formsOfRuns: new Map(),
    freshStarts: new Set(),
    isInterleaved: (axis === 'epoch' && takesTurns(rows)) || hasManyWriters(rows),
    doubt: null,
    hasDecimalCommas: rows.some(({ form }) => form.slots.some(({ comma }) => comma === 'decimal')),
    uses: new Map(),
  };
  const all = usesOf(rows, first, counters);
  const uses = withoutOthers(all, coursesIn(rows, all));
  const used = { ...first, uses };
  const plan = { ...used, ahead: aheadIn(rows, used), formsOfRuns: formsOfRuns(rows, used) };
  const seen = new Repeats(plan);
  const trial = new Assembler(plan, null, seen);
  for (const row of rows) trial.add(row);
  const settledPlan = { ...plan, uses: settled(plan, seen) };
  const made = { ...settledPlan, freshStarts: freshStarts(rows, settledPlan) };
  return { ...made, doubt: doubtIn(rows, made) };
}

/** Forms without a counter that were there before any line counted, and came again. */
function aheadIn(rows: readonly Row[], { axis, isHeaded, uses }: Plan): ReadonlySet<Form> {
  if (axis === 'epoch' && !isHeaded) return aheadOfEpochs(rows, uses);
  if (axis !== 'step' || isHeaded) return new Set();
  const counts = new Map<Form, number>();
  for (const { form } of rows) counts.set(form, (counts.get(form) ?? 0) + 1);
  const isCounted = ({ form }: Row): boolean => {
    const { counter = null, keys = [] } = uses.get(form) ?? {};
    return counter !== null && (keys.length > 0 || (counts.get(form) ?? 0) > 1);
  };
  const begin = rows.findIndex((row) => isCounted(row));
  const before = rows.slice(0, Math.max(0, begin)).map(({ form }) => form);
  return new Set(
    before.filter((form) => (uses.get(form)?.keys.length ?? 0) > 0 && (counts.get(form) ?? 0) > 1),
  );
}

/**
 * The use of a form that was not there when the grammar was learned; one that names neither a
 * counter nor a part of the data cannot be placed any more.
 */
export function useOf(form: Form, plan: Plan): Use {
  if (plan.hasBatchesInBrackets) form.countsBatches();
  const use = useFor(form, plan, null);
  const isLate = use.counter === null && isText(form) && !form.isBar && !isHeldOut(form);
  return isLate && plan.axis === 'epoch' ? unused(use) : use;
}

/** Without what is no curve: numbers that never change, and the results of the whole. */
function withoutOthers(
  uses: ReadonlyMap<Form, Use>,
  { constants, results, scores }: Courses,
): Map<Form, Use> {
  const told = toldWhole(uses);
  return new Map(
    [...uses].map(([form, use]): [Form, Use] => {
      const isPlaced = use.counter !== null || !use.isOfBatches;
      const isTold = !isPlaced && use.keys.every((key) => told.has(key));
      if (results.has(form) || isTold) return [form, unused(use)];
      const slots = use.slots.filter((slot) => !constants.has(slot));
      const isBare = slots.length === 0 && use.slots.length > 0 && form.tail <= 1;
      const said = scores.has(form) ? slots.map(asScore) : slots;
      return [form, { ...use, ...reported(said), isHeading: use.isHeading || isBare }];
    }),
  );
}

/** The series that lines of whole epochs tell, which count them. */
const toldWhole = (uses: ReadonlyMap<Form, Use>): ReadonlySet<string> =>
  new Set(
    [...uses.values()].flatMap(({ counter, isStep, isOfBatches, keys }) =>
      counter === null || isStep || isOfBatches ? [] : keys,
    ),
  );

/** What a part of the data alone names is a loss, where it is no score. */
const asScore = (slot: FormSlot): FormSlot =>
  slot.isBare ? { ...slot, name: slot.name.replace(/loss$/, 'score') } : slot;

/** The way of writing of most reports. */
function styleOf(rows: readonly Row[]): string {
  const counts = new Map<string, number>();
  for (const { form } of rows)
    if (form.measures.length > 0) counts.set(form.style, (counts.get(form.style) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? 'epoch lines';
}

function usesOf(
  rows: readonly Row[],
  plan: Plan,
  counters: ReadonlyMap<Form, FormSlot>,
): Map<Form, Use> {
  const uses = new Map<Form, Use>();
  for (const { form } of rows)
    if (!uses.has(form)) uses.set(form, useFor(form, plan, counters.get(form) ?? null));
  return uses;
}

function useFor(form: Form, plan: Plan, promoted: FormSlot | null): Use {
  const measures = form.measures.filter((slot) => slot !== promoted && isReported(slot, form));
  return plan.axis === 'epoch'
    ? useByEpoch(form, plan, { measures, step: form.steps[0] ?? promoted })
    : useInOrder(form, plan, { measures, step: stepCounter(form, promoted) });
}

interface Known {
  readonly measures: readonly FormSlot[];
  readonly step: FormSlot | null;
}

function useByEpoch(form: Form, plan: Plan, { measures, step }: Known): Use {
  const counter = form.epoch;
  const isPlaced = counter !== null || !isText(form) || isPlacedByOrder(form, plan, step);
  const isLost = !isPlaced || (counter === null && isOfOther(form));
  const slots = isLost ? [] : withMeans([...measures, ...countedSteps(form)]);
  const isInside = (step !== null && !isWholeEpoch(form)) || form.isFractional;
  const isOfStep = isInside && (counter !== null || isText(form));
  return {
    counter,
    step,
    isOfBatches: plan.evaluations.has(form),
    isStep: isOfStep && (!form.isBar || counter === null) && !isSummary(form),
    isHeading: isHeading(form),
    isFractional: form.isFractional,
    ...reported(slots),
  };
}

/** It names its epoch, and of steps only how many the run has made: the line of a whole epoch. */
const isWholeEpoch = ({ epoch, steps }: Form): boolean =>
  epoch !== null &&
  steps.length > 0 &&
  steps.every(({ name, hasTotal }) => isGlobal(name) && !hasTotal);

/** A line of a step that names no epoch is one of the epoch that a line above opened. */
const isPlacedByOrder = (form: Form, { isHeaded }: Plan, step: FormSlot | null): boolean =>
  step === null || isHeaded || isHeldOut(form);

function useInOrder(form: Form, { axis, evaluations }: Plan, { measures, step }: Known): Use {
  if (evaluations.has(form)) return useOfEvaluation(measures);
  const counter = axis === 'row' ? null : step;
  const isLost = axis === 'step' && counter === null && isOfOther(form);
  return {
    counter,
    step: null,
    isStep: false,
    isOfBatches: false,
    isHeading: isHeading(form),
    isFractional: false,
    ...reported(isLost ? [] : measures.filter(({ role }) => role === 'measure')),
  };
}

/** Where there are no epochs, the last running mean of its batches is an evaluation's value. */
const useOfEvaluation = (measures: readonly FormSlot[]): Use => ({
  counter: null,
  step: null,
  isStep: false,
  isOfBatches: true,
  isHeading: false,
  isFractional: false,
  ...reported(withMeans(measures).filter(({ role }) => role === 'mean')),
});

const reported = (slots: readonly FormSlot[]): Pick<Use, 'keys' | 'slots' | 'isRunning'> => ({
  keys: slots.map(({ name }) => name),
  slots,
  isRunning: slots.map(({ role }) => role === 'mean'),
});

/** A step counter of one epoch is none of the run, where another is. */
const stepCounter = (form: Form, promoted: FormSlot | null): FormSlot | null =>
  (form.style === 'boxes' ? form.steps[0] : form.steps.find(({ name }) => isGlobal(name))) ??
  form.steps[0] ??
  promoted;

/** A table or an object that names the step of its epoch: that is a series of its own. */
const countedSteps = (form: Form): readonly FormSlot[] =>
  isText(form) || form.epoch === null || form.style === 'own pattern' ? [] : form.steps;

/** An object of a kind of its own. */
const isEvent = (form: Form): boolean => !isText(form) && form.words !== '';

/** A line that names no counter of the curves speaks of something else than the present one. */
const isOfOther = (form: Form): boolean =>
  isAsideOf(form) ||
  isEvent(form) ||
  (form.countsOther && !form.measures.some(({ name }) => isGrade(name)));

/** A line that names no counter speaks of a best value. */
const isAsideOf = (form: Form): boolean =>
  form.measures.every(({ name }) => name.startsWith('best'));

/** Means of names that nobody knows count where those of known names stand beside them. */
const isReported = (slot: FormSlot, form: Form): boolean =>
  !isWriter(slot.name) &&
  (isGrade(slot.name) || slot.role === 'measure' || form.style !== 'epoch lines' || hasMeans(form));

const hasMeans = ({ measures }: Form): boolean =>
  measures.some(({ role, name }) => role === 'mean' && isGrade(name));

/** The line of a whole epoch that also names the step it ended at. */
const isSummary = (form: Form): boolean =>
  isHeldOut(form) && form.measures.every(({ name }) => /^(?:val|test|best)_/.test(name));

/** Where a value is followed by its running mean, the mean alone. */
function withMeans(measures: readonly FormSlot[]): readonly FormSlot[] {
  const means = new Set(measures.filter(({ role }) => role === 'mean').map(({ name }) => name));
  return measures.filter(({ role, name }) => role === 'mean' || !means.has(name));
}
