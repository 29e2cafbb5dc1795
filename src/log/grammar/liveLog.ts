import { Assembler } from './assemble.ts';
import type { Form, Row } from './form.ts';
import { learn, useOf } from './learn.ts';
import type { Axis, Plan, Use } from './plan.ts';
import type { RunChoice } from '../runs.ts';

/** A grammar and the rows that were joined by it. */
interface Joined {
  readonly plan: Plan & { readonly uses: Map<Form, Use> };
  readonly assembler: Assembler;
}

/**
 * The rows of a long log, joined as they come and not kept. While its only epoch goes on nobody can
 * say whether steps or epochs will be its axis: both are followed until the next epoch.
 */
export class LiveLog {
  private shown: Joined;
  /** The same by epochs, while that may still become the axis. */
  private byEpoch: Joined | null;
  private readonly choice: RunChoice;
  private epoch = NaN;
  private step = -Infinity;

  /** `rows`: the first of the log, from which its grammar is learned. */
  constructor(rows: readonly Row[], choice: RunChoice) {
    this.choice = choice;
    this.shown = this.joinedBy(rows, null);
    const isOpen = this.shown.plan.axis === 'step' && rows.some(({ form }) => form.epoch !== null);
    this.byEpoch = isOpen ? this.joinedBy(rows, 'epoch') : null;
    for (const row of isOpen ? rows : []) this.decide(row);
  }

  get plan(): Plan {
    return this.shown.plan;
  }

  get assembler(): Assembler {
    return this.shown.assembler;
  }

  /** The next row; it may be written over afterwards. */
  add(row: Row): void {
    this.decide(row);
    addTo(this.shown, row);
    if (this.byEpoch) addTo(this.byEpoch, row);
  }

  private joinedBy(rows: readonly Row[], axis: Axis | null): Joined {
    const learned = learn(rows, axis);
    const plan = { ...learned, uses: new Map(learned.uses) };
    const assembler = new Assembler(plan, this.choice);
    for (const row of rows) assembler.add(row);
    return { plan, assembler };
  }

  /** At the next epoch: steps that begin again are those of an epoch, others are of the run. */
  private decide({ form, values }: Row): void {
    const epoch = values[form.epoch?.index ?? -1];
    if (this.byEpoch === null || epoch === undefined) return;
    const step = values[form.steps[0]?.index ?? -1] ?? -Infinity;
    if (epoch > this.epoch) {
      if (step < this.step) this.shown = this.byEpoch;
      this.byEpoch = null;
    }
    this.epoch = epoch;
    this.step = Math.max(this.step, step);
  }
}

function addTo({ plan, assembler }: Joined, row: Row): void {
  if (!plan.uses.has(row.form)) plan.uses.set(row.form, useOf(row.form, plan));
  assembler.add(row);
}
