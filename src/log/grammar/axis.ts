import type { Form, FormSlot, Row } from './form.ts';
import type { Axis } from './plan.ts';
import { isPlural } from './words.ts';

/** So many steps make a curve where all of them are of one epoch. */
const LEAST_STEPS = 6;
/** An epoch that will have so many reports is long: while it is the only one, its steps are. */
const LONG_EPOCH = 12;
/** Fewer epochs than this, with many steps, are shown by steps where epochs have fractions. */
const FEW_EPOCHS = 5;
const MANY_STEPS = 10;
/** Fewer epochs than this, with so many steps each, are shown by steps that count the whole run. */
const SOME_EPOCHS = 10;
const MANY_STEPS_EACH = 20;

/** What the counters of a log were seen to do. */
interface Seen {
  readonly epochs: Set<number>;
  readonly steps: Set<number>;
  /** Some line reports a whole epoch. */
  hasWhole: boolean;
  isFractional: boolean;
  /** How often each form reports. */
  readonly reports: Map<Form, number>;
  /** Steps go on rising from one epoch to the next. */
  isOfRun: boolean;
  /** How many steps an epoch is said to have, and how many lie between two reports. */
  total: number;
  gap: number;
  /** How a bar with values went on, where it never began again. */
  bar: { last: number; rises: number; falls: number };
  /** Held-out values at whole epochs, and between them. */
  heldOut: { whole: number; between: number };
}

/** By what the curves go: epochs where there are some, else steps, else the order of the lines. */
export function axisOf(rows: readonly Row[], counters: ReadonlyMap<Form, FormSlot>): Axis {
  const seen: Seen = {
    epochs: new Set(),
    steps: new Set(),
    reports: new Map(),
    hasWhole: false,
    isFractional: false,
    isOfRun: true,
    total: NaN,
    gap: NaN,
    bar: { last: NaN, rises: 0, falls: 0 },
    heldOut: { whole: 0, between: 0 },
  };
  const last = { epoch: NaN, step: NaN };
  for (const row of rows) {
    const epoch = epochOf(row);
    const step = stepOf(row, counters);
    noteEpoch(seen, row, { epoch, step });
    if (row.form.isBar) noteBar(seen.bar, row);
    if (step === undefined) continue;
    seen.steps.add(step);
    if (epoch === undefined) continue;
    noteStep(seen, row, { epoch, step, last });
    Object.assign(last, { epoch, step });
  }
  return axisFor(seen);
}

function noteEpoch(
  seen: Seen,
  { form }: Row,
  { epoch, step }: { readonly epoch: number | undefined; readonly step: number | undefined },
): void {
  const reports = form.measures.length > 0;
  if (reports && !form.isBar && form.epoch !== null)
    seen.reports.set(form, (seen.reports.get(form) ?? 0) + 1);
  seen.hasWhole ||= reports && (step === undefined || form.isBar);
  if (epoch === undefined) return;
  seen.epochs.add(Math.ceil(epoch));
  seen.isFractional ||= !Number.isInteger(epoch);
  if (isHeldOut(form)) seen.heldOut[Number.isInteger(epoch) ? 'whole' : 'between'] += 1;
}

function noteStep(
  seen: Seen,
  { form, values }: Row,
  {
    epoch,
    step,
    last,
  }: { readonly epoch: number; readonly step: number; readonly last: Record<string, number> },
): void {
  const { epoch: lastEpoch = NaN, step: lastStep = NaN } = last;
  if (epoch > lastEpoch && step < lastStep) seen.isOfRun = false;
  const [slot] = form.steps;
  if (slot?.hasTotal !== true) return;
  seen.total = values[slot.index + 1] ?? NaN;
  if (epoch === lastEpoch && step > lastStep) seen.gap = step - lastStep;
}

/** The step of a line, of a bar none. */
const stepOf = (
  { form, values }: Row,
  counters: ReadonlyMap<Form, FormSlot>,
): number | undefined =>
  form.isBar ? undefined : values[(counters.get(form) ?? form.steps[0])?.index ?? -1];

function noteBar(bar: Seen['bar'], { form, values }: Row): void {
  const at = form.measures.length > 0 ? values[form.steps[0]?.index ?? -1] : undefined;
  if (at === undefined) return;
  if (at > bar.last) bar.rises += 1;
  else if (at < bar.last) bar.falls += 1;
  bar.last = at;
}

/** The epoch that a row reports or opens. */
const epochOf = ({ form, values }: Row): number | undefined =>
  form.measures.length > 0 || isHeading(form) ? values[form.epoch?.index ?? -1] : undefined;

function axisFor(seen: Seen): Axis {
  const [epochs, steps] = [seen.epochs.size, seen.steps.size];
  if (steps > 1 && (epochs === 0 || isRatherByStep(seen, epochs, steps))) return 'step';
  const isOneBar = epochs + steps === 0 && seen.bar.falls === 0;
  if (isOneBar && seen.bar.rises >= LEAST_STEPS) return 'step';
  const isRepeated = epochs === 1 && steps === 0 && most(seen.reports) >= LEAST_STEPS;
  return (epochs > 0 || steps > 0) && !isRepeated ? 'epoch' : 'row';
}

const most = (reports: ReadonlyMap<Form, number>): number => Math.max(0, ...reports.values());

function isRatherByStep(seen: Seen, epochs: number, steps: number): boolean {
  const { isFractional, heldOut, hasWhole, isOfRun, total, gap } = seen;
  if (isFractional)
    return (epochs < FEW_EPOCHS && steps >= MANY_STEPS) || heldOut.between > heldOut.whole;
  if (epochs === 1) return steps >= LEAST_STEPS || (!hasWhole && total / gap >= LONG_EPOCH);
  const isLong = epochs < SOME_EPOCHS && steps >= MANY_STEPS_EACH * epochs;
  return isLong && isOfRun && !hasWhole;
}

/** The line opens an epoch or a step, and reports nothing. */
export const isHeading = (form: Form): boolean =>
  (form.epoch !== null || form.steps.length > 0) &&
  form.measures.length === 0 &&
  !(form.epoch === null && form.steps.every(({ name, hasTotal }) => isPlural(name) && !hasTotal)) &&
  form.epoch?.name !== 'round' &&
  !isEvaluated(form) &&
  form.tail <= 1 &&
  (!form.isBar || form.epoch !== null);

/** `Evaluation [453/453]`: what counts the batches of an evaluation opens no epoch. */
const isEvaluated = ({ epoch, scope }: Form): boolean =>
  epoch?.name === '' && (scope === 'val' || scope === 'test');

/** It reports a value of a part that was held out. */
export const isHeldOut = (form: Form): boolean =>
  form.measures.some(({ name }) => /^(?:val|test)_/.test(name));
