import type { Habit } from '../habit.ts';
import { RunCollector } from '../runs.ts';
import type { RunChoice } from '../runs.ts';
import { EpochBar } from './epochBar.ts';
import { headsPart, scopeOfForm } from './form.ts';
import type { Form, FormSlot, Row } from './form.ts';
import { scoped } from './names.ts';
import { Passes } from './passes.ts';
import { isToldWithout, type Plan, type Use } from './plan.ts';
import { copyOf, placeFraction, valueOf } from './rowValues.ts';
import type { Scope } from './words.ts';

/** Told of every report in place of the collector. */
export interface Observer {
  saw(row: Row, epoch: number, report: Pick<Report, 'keys' | 'values' | 'decimals'>): void;
}

/** What a form reports, made once: the names of its series in each part of the data. */
interface Report {
  readonly use: Use;
  readonly form: Form;
  readonly keys: readonly string[];
  readonly values: Float64Array;
  readonly decimals: Int32Array;
  readonly habits: Habit[];
  readonly past: { run: number; epoch: number };
  readonly isRunning: readonly boolean[];
  readonly isOfBatches: boolean;
  /** The row that is reported: written over for each of millions. */
  epoch: number;
  line: number;
  startsRun: boolean;
  isStep: boolean;
  step: number;
  steps: number;
}

const UNPLACED = { epoch: NaN, line: 0, startsRun: false, isStep: false, step: NaN, steps: 0 };

/** Joins the rows of a log in order: which epoch or step each belongs to, and in which run. */
export class Assembler {
  readonly runs: RunCollector;
  private readonly plan: Plan;
  private readonly observer: Observer | null;
  private readonly reports = new Map<Form, Map<Scope, Report>>();
  private current = NaN;
  private row = 0;
  /** Rows whose counter comes with a later line. */
  private waiting: Row[] = [];
  /** The forms that have reported the present epoch. */
  private readonly toldHere = new Set<Form>();
  private readonly passes: Passes;
  private named = new Set<string>();
  /** The step that a line of its own opened. */
  private openStep = false;
  private headScope: Scope = '';
  /** The part of the data that the last line with one named. */
  private scope: Scope = '';
  /** The last line that opened an epoch. */
  private heading: { readonly form: Form | null; readonly epoch: number } = {
    form: null,
    epoch: NaN,
  };
  private reported = false;
  private startsRun = false;
  private lastForm: Form | null = null;
  private lastEpoch = NaN;
  private readonly bar = new EpochBar();

  constructor(plan: Plan, choice: RunChoice, observer: Observer | null = null) {
    this.plan = plan;
    this.runs = new RunCollector(choice, { isByStep: plan.axis === 'step' });
    this.observer = observer;
    this.passes = new Passes(plan.formsOfRuns);
  }

  /** The next row in the order of the log. */
  add(row: Row): void {
    const use = this.plan.uses.get(row.form);
    if (!use) return;
    if (use.isHeading) this.head(row, use);
    else if (this.plan.ahead.has(row.form)) this.waiting.push(copyOf(row));
    else if (use.keys.length > 0) this.report(row, use);
    else if (headsPart(row.form)) this.headScope = row.form.scope;
  }

  private head(row: Row, use: Use): void {
    if (use.counter === null) {
      this.openStep = true;
      return;
    }
    const epoch = this.counted(row, use.counter);
    const { form, epoch: before } = this.heading;
    const isAgain = row.form === form && epoch === before && this.reported;
    this.startsRun ||= isAgain && this.plan.axis === 'epoch' && row.form.steps.length === 0;
    this.heading = { form: row.form, epoch };
    this.turn(epoch);
    this.headScope = row.form.scope;
  }

  /** Reports what stood before the line that counts it. */
  private reportWaiting(): void {
    const rows = this.waiting;
    if (rows.length === 0) return;
    this.waiting = [];
    for (const row of rows) {
      const use = this.plan.uses.get(row.form);
      if (use) this.report(row, use);
    }
  }

  private turn(epoch: number): void {
    if (epoch !== this.current || this.startsRun) {
      if (this.toldHere.size > 0) this.toldHere.clear();
      this.bar.forget();
      this.reported = false;
      this.headScope = '';
      this.openStep = false;
    }
    this.current = epoch;
  }

  private report(row: Row, use: Use): void {
    if (this.isSecondPass(row, use)) return;
    const epoch = this.epochOf(row, use);
    if (Number.isNaN(epoch) || this.isRepeated(row, use) || !this.accepts(row, use)) return;
    this.startsRun ||= this.plan.freshStarts.has(row.line);
    if (use.counter !== null || use.step !== null) this.openStep = false;
    const report = this.reportFor(row, use);
    if (use.isOfBatches) this.headScope = row.form.scope;
    this.fill(report, row);
    this.reported = true;
    this.pass(row, epoch, report);
    this.startsRun = false;
    if (use.counter !== null) this.reportWaiting();
  }

  /** A second line of one epoch, where what opened the next one is missing. */
  private isRepeated({ form }: Row, { isFirstOnly }: Use): boolean {
    if (this.plan.axis === 'row') return false;
    const isTold = this.toldHere.has(form);
    this.toldHere.add(form);
    return isTold && isFirstOnly === true;
  }

  private pass(row: Row, epoch: number, report: Report): void {
    if (this.observer) this.observer.saw(row, epoch, report);
    else if (row.isCut) this.addCut(row, epoch, report);
    else {
      this.place(report, row, report.use);
      report.epoch = epoch;
      report.line = row.line;
      report.startsRun = this.startsRun;
      this.runs.addKnown(report);
    }
  }

  /** Lines of a new form that go through the epochs again, as an evaluation of all of them does. */
  private isSecondPass({ form, values }: Row, { counter }: Use): boolean {
    if (counter === null || form.style === 'CSV table' || this.plan.axis !== 'epoch') return false;
    const isAgain = this.passes.isAgain(form, values[counter.index] ?? NaN);
    this.startsRun ||= this.passes.begun;
    return isAgain && form.scope === '';
  }

  private addCut(row: Row, epoch: number, report: Report): void {
    const { use, keys, values, decimals } = report;
    const last = Math.max(...use.slots.map(({ index }) => index));
    const readings = use.slots.map((slot, i) => ({
      key: keys[i] ?? '',
      value: values[i] ?? NaN,
      text: '',
      at: -1,
      decimals: decimals[i] ?? -1,
      cut: slot.index === last,
    }));
    this.place(report, row, use);
    const { isStep, step, steps } = report;
    this.runs.add({
      epoch,
      epochAt: -1,
      readings,
      line: row.line,
      startsRun: this.startsRun,
      step: isStep ? { step, steps: steps === 0 ? null : steps, at: -1 } : null,
    });
  }

  private epochOf(row: Row, use: Use): number {
    if (this.plan.axis === 'row') return this.nextRow(use);
    if (use.counter !== null) {
      const epoch = this.counted(row, use.counter);
      this.turn(use.isFractional ? Math.ceil(epoch) : epoch);
    }
    return this.current;
  }

  /** Without any counter a line begins the next row where it says again what is said. */
  private nextRow({ keys }: Use): number {
    if (keys.some((key) => this.named.has(key)) || this.row === 0) {
      this.row += 1;
      this.named = new Set();
    }
    for (const key of keys) this.named.add(key);
    return this.row;
  }

  private counted(row: Row, slot: FormSlot): number {
    return valueOf(row, slot, this.plan.hasDecimalCommas);
  }

  /** How far inside its epoch a row was written. */
  private place(report: Report, row: Row, use: Use): void {
    const isBar = row.form.isBar && use.step?.hasTotal === true;
    report.isStep = !isBar && (use.isStep || this.openStep);
    report.step = NaN;
    report.steps = 0;
    if (!report.isStep) return;
    if (use.isFractional && use.counter) placeFraction(report, this.counted(row, use.counter));
    else if (use.step) {
      report.step = this.counted(row, use.step);
      report.steps = use.step.hasTotal ? (row.values[use.step.index + 1] ?? 0) : 0;
    }
  }

  /** A bar that is under way is no result. */
  private accepts(row: Row, use: Use): boolean {
    if (!row.form.isBar || this.plan.axis !== 'epoch') return true;
    return !isToldWithout(use, this.toldHere, this.plan) && this.bar.accepts(row, use);
  }

  /** Names a row's series; a part of the data that a line above names counts where it is new. */
  private reportFor(row: Row, use: Use): Report {
    const { form } = row;
    const own = form.scope !== '' || form.measures.some(({ isScoped }) => isScoped);
    const isNamed = own || (use.counter !== null && (use.isStep || !this.isAgain(form)));
    const scope = isNamed ? '' : this.headScope || this.scopeBefore(use);
    this.scope = scopeOfForm(form) || this.scope;
    const reports = this.reports.get(form) ?? new Map<Scope, Report>();
    this.reports.set(form, reports);
    const report = reports.get(scope) ?? {
      use,
      form,
      keys: use.keys.map((key) => (scope === '' ? key : scoped(scope, key))),
      values: new Float64Array(use.keys.length),
      decimals: new Int32Array(use.keys.length),
      habits: [],
      past: { run: 0, epoch: NaN },
      isRunning: use.isRunning,
      isOfBatches: use.isOfBatches,
      ...UNPLACED,
    };
    reports.set(scope, report);
    return report;
  }

  private scopeBefore({ isDoubled }: Use): Scope {
    return isDoubled === true ? this.scope : '';
  }

  /** A line of the same form has reported this epoch: what stands between tells them apart. */
  private isAgain(form: Form): boolean {
    const isAgain = this.lastForm === form && this.lastEpoch === this.current;
    this.lastForm = form;
    this.lastEpoch = this.current;
    return isAgain;
  }

  private fill({ use, values, decimals }: Report, row: Row): void {
    for (let i = 0; i < use.slots.length; i += 1) {
      const slot = use.slots[i];
      if (!slot) continue;
      values[i] = valueOf(row, slot, this.plan.hasDecimalCommas);
      decimals[i] = row.decimals[slot.index] ?? -1;
    }
  }
}
