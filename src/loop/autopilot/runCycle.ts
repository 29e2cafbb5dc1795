import type { AutopilotState, Cycle, Task } from '../../record/autopilotState.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Study } from '../../study/study.ts';
import { type CortexError, isCancelled, limitBehind } from '../../util/errors.ts';
import { unlessDefect } from '../findAttempt.ts';
import { plural } from '../../util/plural.ts';
import type { LoopEvent } from '../loopEvent.ts';
import { doTask } from './doTask.ts';
import type { StudyFacts } from './facts.ts';
import { promoteBest } from './promoteBest.ts';
import { beginCycle, endCycle, withAttempt } from './stateChanges.ts';
import type { AutopilotPorts } from './work.ts';

/** A task that is to be done now. */
export interface CycleOrder {
  readonly study: Study;
  readonly task: Task;
  readonly facts: StudyFacts;
  /** At most, in minutes. */
  readonly minutes: number;
  readonly signal: AbortSignal;
}

/** What a cycle came to. */
export interface CycleResult {
  readonly cycle: Cycle;
  /** What it recorded. */
  readonly recorded: readonly AttemptSummary[];
  readonly state: AutopilotState;
}

/**
 * Does one task, and keeps in the state what it begins, as it begins it: whenever the program ends,
 * the next one knows which attempts were its own. A failure is an end like another; only a defect
 * is thrown.
 */
export async function runCycle(order: CycleOrder, ports: AutopilotPorts): Promise<CycleResult> {
  const { study, task, facts, minutes, signal } = order;
  const { work, store, machine, now, onEvent } = ports;
  const isoNow = (): string => new Date(now()).toISOString();
  const begun = await store.change(study, `began ${task.kind}`, (state) =>
    beginCycle(state, task, isoNow()),
  );
  const { number } = currentOf(begun.state);
  onEvent({ kind: 'begun', study: study.name, task, text: `${task.kind}: ${task.why}` });
  const journal = new Journal(study, ports);
  const startedAt = machine.awakeMs();
  const failure = await doTask(
    { study, task, facts, seed: number, minutes, signal },
    work.hearing((event) => {
      journal.hear(event);
    }),
  ).then(() => null, unlessDefect);
  await journal.written();
  const seconds = (machine.awakeMs() - startedAt) / 1000;
  const end = { ...endOf(failure, journal.recorded, signal), seconds, at: isoNow() };
  const ended = await store.change(study, `${end.end}: ${task.kind}`, (state) =>
    endCycle(state, end),
  );
  onEvent({ kind: 'ended', study: study.name, task, text: end.text });
  const promoted = await promoteBest(study, ended.state, ports);
  return { cycle: currentOf(promoted), recorded: journal.recorded, state: promoted };
}

const currentOf = ({ cycles }: AutopilotState): Cycle => {
  const last = cycles.at(-1);
  if (!last) throw new RangeError('a state without a cycle');
  return last;
};

/** Writes down the attempts of a cycle, one write after another. */
class Journal {
  readonly recorded: AttemptSummary[] = [];
  readonly #known = new Set<string>();
  readonly #study: Study;
  readonly #ports: AutopilotPorts;
  #last: Promise<unknown> = Promise.resolve();

  constructor(study: Study, ports: AutopilotPorts) {
    this.#study = study;
    this.#ports = ports;
  }

  hear(event: LoopEvent): void {
    if (event.kind === 'recorded') {
      this.recorded.push(event.attempt);
      this.#write(event.attempt.id);
    }
    if (event.kind === 'training') this.#write(event.attemptId);
  }

  /** Resolves when all is written. */
  async written(): Promise<void> {
    await this.#last;
  }

  #write(id: string): void {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#last = this.#last.then(() =>
      this.#ports.store.change(this.#study, `attempt ${id}`, (state) => withAttempt(state, id)),
    );
    // Told by `written`, which everybody waits for.
    this.#last.catch(() => undefined);
  }
}

/** How a cycle ended, in a sentence. */
function endOf(
  failure: CortexError | null,
  recorded: readonly AttemptSummary[],
  signal: AbortSignal,
): Pick<Cycle, 'end' | 'text'> {
  if (signal.aborted)
    return { end: 'stopped', text: limitBehind(signal) ?? 'Stopped by a person.' };
  if (failure) return { end: isCancelled(failure) ? 'stopped' : 'failed', text: failure.happened };
  const broken = recorded.filter(({ verdict }) => verdict === 'invalid' || verdict === 'crashed');
  const text = `${plural(recorded.length, 'attempt')}${betterText(recorded)}.`;
  return { end: broken.length > 0 && broken.length === recorded.length ? 'failed' : 'done', text };
}

function betterText(recorded: readonly AttemptSummary[]): string {
  const better = recorded.filter(({ verdict }) => verdict === 'better');
  const names = better.map(({ number }) => `#${number}`).join(', ');
  return better.length === 0 ? ', none better' : `, better: ${names}`;
}
