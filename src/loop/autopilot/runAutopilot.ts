import type { Cycle } from '../../record/autopilotState.ts';
import type { Study } from '../../study/study.ts';
import { sideBySide } from '../../util/sideBySide.ts';
import { chooseNext, type Choice, type StudyWait } from './chooseNext.ts';
import { claimStudies } from './claimStudies.ts';
import { limitsOf, type AutopilotSpec, type Left, type Taken } from './limits.ts';
import { minutesFor, takenBy } from './taken.ts';
import { runCycle } from './runCycle.ts';
import { letGo, withWaiting } from './stateChanges.ts';
import { watchOver } from './watchOver.ts';
import type { AutopilotPorts } from './work.ts';

/** What a run came to. */
export interface AutopilotRun {
  /** Those it could work on. */
  readonly studies: readonly Study[];
  readonly cycles: readonly (Cycle & { readonly study: string })[];
  /** Why it ended, a sentence for people. */
  readonly ended: string;
}

/**
 * Works on studies until its limits, or until there is nothing to do: claims them, chooses what
 * promises most, does it by the loop, promotes what has earned it, and chooses again. Rejects where
 * none of them can be claimed.
 */
export async function runAutopilot(
  studies: readonly Study[],
  spec: AutopilotSpec,
  ports: AutopilotPorts,
): Promise<AutopilotRun> {
  const claimed = await claimStudies(studies, ports);
  try {
    return { studies: claimed, ...(await new Pilot(claimed, spec, ports).fly()) };
  } finally {
    for (const study of claimed) await ports.store.change(study, 'let go', letGo);
  }
}

/** How often a run that waits looks at what persons say. */
const LOOK_MS = 2000;

/** A sentence without its numbers: a load that moves is no new reason to wait. */
const reasonOf = (text: string): string => text.replace(/\d+(\.\d+)?/g, '#');

/** One run: its studies, those at work, and what was done. */
class Pilot {
  readonly #studies: readonly Study[];
  readonly #spec: AutopilotSpec;
  readonly #ports: AutopilotPorts;
  readonly #left: () => Left;
  readonly #cycles: (Cycle & { readonly study: string })[] = [];
  readonly #closed = new Set<string>();
  readonly #atWork = new Set<string>();
  /** Choices are made one after another: two would choose the same. */
  #choosing: Promise<unknown> = Promise.resolve();
  #taken: Taken = { usd: 0, wattHours: 0 };

  constructor(studies: readonly Study[], spec: AutopilotSpec, ports: AutopilotPorts) {
    this.#studies = studies;
    this.#spec = spec;
    this.#ports = ports;
    const limits = limitsOf(spec, ports);
    this.#left = () => limits(this.#taken);
  }

  async fly(): Promise<Pick<AutopilotRun, 'cycles' | 'ended'>> {
    const slots = Math.max(1, Math.min(this.#spec.tasks, this.#studies.length));
    const numbers = Array.from({ length: slots }, (_, index) => index);
    const texts = await sideBySide(numbers, slots, () => this.#slot());
    return { cycles: this.#cycles, ended: texts.at(-1) ?? '' };
  }

  /** One task after another; resolves with why it ended. */
  async #slot(): Promise<string> {
    for (;;) {
      const end = await this.#step(this.#left());
      if (end !== null) return end;
    }
  }

  /** A task or a wait; why the slot ends, or `null` where it goes on. */
  async #step(left: Left): Promise<string | null> {
    const end = this.#spec.signal.aborted ? 'Stopped by a person.' : left.end;
    if (end !== null) return end;
    const choice = await this.#choose(left);
    if (choice.kind === 'task') await this.#do(choice, left);
    if (choice.kind === 'later') await this.#waitFor(choice, left);
    if (choice.kind !== 'nothing') return null;
    const isDone = this.#spec.scope === 'once' && this.#closed.size > 0;
    return isDone ? 'One task for each study.' : choice.text;
  }

  #choose(left: Left): Promise<Choice> {
    const choice = this.#choosing.then(async () => {
      const free = this.#studies.filter(
        ({ name }) => !this.#closed.has(name) && !this.#atWork.has(name),
      );
      const chosen = await chooseNext(free, this.#spec, left, this.#ports);
      if (chosen.kind === 'task') this.#atWork.add(chosen.study.name);
      return chosen;
    });
    this.#choosing = choice.catch(() => undefined);
    return choice;
  }

  async #do({ study, task, facts }: Extract<Choice, { kind: 'task' }>, left: Left): Promise<void> {
    const watch = watchOver(study, AbortSignal.any([this.#spec.signal, left.signal]), this.#ports);
    const minutes = minutesFor(facts.settings, left);
    try {
      const { signal } = watch;
      const done = await runCycle({ study, task, facts, minutes, signal }, this.#ports);
      this.#cycles.push({ ...done.cycle, study: study.name });
      this.#taken = takenBy(done.recorded, facts.settings, this.#taken);
      if (done.state.setAside) this.#tell('set-aside', study, done.state.setAside.why);
      if (this.#spec.scope === 'once' || watch.isStopped()) this.#closed.add(study.name);
    } finally {
      watch.end();
      this.#atWork.delete(study.name);
    }
  }

  /** Until the time of the wait is over, or a person has said something. */
  async #waitFor(
    { waits, minutes }: Extract<Choice, { kind: 'later' }>,
    left: Left,
  ): Promise<void> {
    for (const wait of waits) await this.#noteWait(wait);
    const { machine } = this.#ports;
    const until = AbortSignal.any([this.#spec.signal, left.signal]);
    const said = await this.#said();
    const end = machine.awakeMs() + minutes * 60_000;
    while (!until.aborted && machine.awakeMs() < end) {
      await machine.wait(Math.min(LOOK_MS, end - machine.awakeMs()), until);
      if ((await this.#said()) !== said) return;
    }
  }

  /** A reason is told, and kept for views, once. */
  async #noteWait({ study, text }: StudyWait): Promise<void> {
    const { store } = this.#ports;
    const { state } = await store.read(study);
    if (state.waiting !== null && reasonOf(state.waiting) === reasonOf(text)) return;
    await store.change(study, 'waits', (found) => withWaiting(found, text));
    this.#tell('waiting', study, text);
  }

  /** What persons have said of the studies so far, as one name of it. */
  async #said(): Promise<string> {
    const states = this.#studies.map((study) => this.#ports.store.read(study));
    return (await Promise.all(states)).map(({ commit }) => commit).join();
  }

  #tell(kind: 'waiting' | 'set-aside', { name }: Study, text: string): void {
    this.#ports.onEvent({ kind, study: name, task: null, text });
  }
}
