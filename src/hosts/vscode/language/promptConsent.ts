import { EventEmitter, type Disposable, type Memento } from 'vscode';
import { cancelledError } from '../../../util/errors.ts';
import type { LanguageModel, ModelQuestion, ModelReply } from '../../../ports/languageModel.ts';
import { notAllowedYetError, notSentError } from './errors.ts';

/** A prompt that waits for the user's word: nothing of it was sent. */
export interface WaitingPrompt {
  /** The model, and where it runs. */
  readonly destination: string;
  readonly question: Pick<ModelQuestion, 'system' | 'prompt'>;
}

/** What the user decided for a workspace and a destination. */
type Decision = 'send' | 'offline';

const KEY = 'promptConsent';

/**
 * Holds the first request to each destination back until the user has seen it and decided;
 * remembered for the workspace.
 */
export class PromptConsent implements Disposable {
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #unattended = new WeakSet<AbortSignal>();
  #waiting: WaitingPrompt | null = null;
  #decide: (decision: Decision) => void = () => undefined;

  /** A prompt waits, or no longer does. */
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get waiting(): WaitingPrompt | null {
    return this.#waiting;
  }

  /** What was decided for this destination; `undefined` before it was asked. */
  decided(destination: string): Decision | undefined {
    return this.#decisions()[destination];
  }

  /** The user's word about the prompt that waits. */
  decide(decision: Decision): void {
    this.#decide(decision);
  }

  /**
   * What is asked with this signal has no person in front of it: a question that nobody has allowed
   * yet is refused, not shown.
   */
  unattended(signal: AbortSignal): AbortSignal {
    this.#unattended.add(signal);
    return signal;
  }

  /** Every destination is asked about again. */
  async forget(): Promise<void> {
    await this.#memory.update(KEY, undefined);
  }

  /** The same model, held back until it may be asked. */
  around(model: LanguageModel, destination: string): LanguageModel {
    return {
      name: model.name,
      price: model.price ?? null,
      ask: (question) => this.#ask(model, question, destination),
    };
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #ask(
    model: LanguageModel,
    question: ModelQuestion,
    destination: string,
  ): Promise<ModelReply> {
    if (this.decided(destination) === undefined && this.#unattended.has(question.signal))
      throw notAllowedYetError(destination);
    const decision =
      this.decided(destination) ?? (await this.#wait({ destination, question }, question.signal));
    if (decision === 'offline') throw notSentError(model.name);
    return model.ask(question);
  }

  async #wait(waiting: WaitingPrompt, signal: AbortSignal): Promise<Decision> {
    const decision = await new Promise<Decision>((resolve, reject) => {
      this.#decide = resolve;
      const cancel = (): void => {
        reject(cancelledError('Sending the prompt'));
      };
      if (signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      this.#show(waiting);
    }).finally(() => {
      this.#show(null);
    });
    await this.#memory.update(KEY, { ...this.#decisions(), [waiting.destination]: decision });
    return decision;
  }

  #decisions(): Readonly<Record<string, Decision>> {
    return this.#memory.get<Readonly<Record<string, Decision>>>(KEY, {});
  }

  #show(waiting: WaitingPrompt | null): void {
    this.#waiting = waiting;
    this.#changed.fire();
  }
}
