import { workspace, type Disposable } from 'vscode';
import { keptOf, type Kept } from '../../../loop/autopilot/words.ts';
import type { Study } from '../../../study/study.ts';
import { Disposables } from '../disposables.ts';
import type { Host } from '../host.ts';
import { inform, warn } from '../messages.ts';
import { runCommand } from '../runCommand.ts';
import { Throttle } from '../throttle.ts';
import { hasNewAttempts, noticesBetween, type Notice } from './notices.ts';

/** Between two looks, in milliseconds: while an autopilot works, and while none does. */
const LOOK_MS = 2000;
const REST_MS = 10_000;
/** How often those that work are told that somebody types. */
const TYPING_MS = 5000;

/**
 * Looks at what autopilots keep, whoever has started them, and tells what a person wants to know:
 * what was promoted, what was set aside. Tells them in turn that he types.
 */
export class Watch implements Disposable {
  readonly #host: Host;
  readonly #onChange: () => void;
  readonly #known = new Map<string, Kept>();
  readonly #reasons = new Set<'view' | 'flight'>();
  readonly #disposables = new Disposables();
  #timer: NodeJS.Timeout | undefined;

  constructor(host: Host, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    const typing = new Throttle(TYPING_MS, () => void this.#noteTyping());
    this.#disposables.add(
      typing,
      workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
        if (uri.scheme === 'file' && contentChanges.length > 0) typing.poke();
      }),
    );
  }

  /** Looks as long as there is a reason to. */
  begin(reason: 'view' | 'flight'): void {
    const isNew = this.#reasons.size === 0;
    this.#reasons.add(reason);
    if (isNew) void this.#lookOn();
  }

  end(reason: 'view' | 'flight'): void {
    this.#reasons.delete(reason);
    if (this.#reasons.size === 0) clearTimeout(this.#timer);
  }

  get isAnyRunning(): boolean {
    return this.#running.length > 0;
  }

  /** What is kept of a study now. */
  async read(study: Study): Promise<Kept> {
    const kept = await keptOf(study, (await this.#host.engine.get()).autopilots);
    this.#known.set(study.modelPath, kept);
    return kept;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#reasons.clear();
    this.#disposables.dispose();
  }

  async #lookOn(): Promise<void> {
    await this.#host.commands.attempt('look at the autopilot', () => this.#look());
    if (this.#reasons.size === 0) return;
    const isWorking = this.#reasons.has('flight') || this.isAnyRunning;
    this.#timer = setTimeout(() => void this.#lookOn(), isWorking ? LOOK_MS : REST_MS);
  }

  async #look(): Promise<void> {
    let isChanged = false;
    for (const study of studiesHere(this.#host)) {
      const before = this.#known.get(study.modelPath);
      const after = await this.read(study);
      if (before?.commit === after.commit && before.running === after.running) continue;
      isChanged = true;
      if (before) await this.#tell(before, after);
    }
    if (isChanged) this.#onChange();
  }

  async #tell(before: Kept, { study, state }: Kept): Promise<void> {
    for (const notice of noticesBetween(before.state, state)) tell(study, notice);
    if (hasNewAttempts(before.state, state)) await this.#host.studies.refresh(study.modelPath);
  }

  get #running(): readonly Kept[] {
    return [...this.#known.values()].filter(({ running }) => running);
  }

  async #noteTyping(): Promise<void> {
    await this.#host.commands.attempt('tell the autopilot', async () => {
      const { autopilots } = await this.#host.engine.get();
      for (const { study } of this.#running) await autopilots.noteTyping(study);
    });
  }
}

/** Studies of the workspace whose model file is here and was read. */
export const studiesHere = ({ studies }: Host): readonly Study[] =>
  studies
    .all()
    .flatMap((entry) => (entry.state === 'ready' && entry.hasFile ? [entry.study] : []))
    .filter(({ remote }) => remote === undefined);

function tell({ name, modelPath }: Study, notice: Notice): void {
  const report = {
    label: 'Show Report',
    take: () => runCommand('cortex.showAutopilotReport', { modelPath }),
  };
  if (notice.kind === 'promoted') {
    const { text, attempt: attemptId } = notice.promotion;
    const apply = () => runCommand('cortex.applyAttempt', { modelPath, attemptId });
    inform(
      `Autopilot, ${name}: promoted ${text}.`,
      { label: 'Apply to My File', take: apply },
      report,
    );
    return;
  }
  const resume = () => runCommand('cortex.resumeAutopilot', { modelPath });
  warn(`Autopilot, ${name}: set aside. ${notice.why}`, { label: 'Resume', take: resume }, report);
}
