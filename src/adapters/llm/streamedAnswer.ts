import type { ModelQuestion } from '../../ports/languageModel.ts';
import { isCutOff } from '../../propose/answer/jsonInText.ts';
import { LONGEST_ANSWER } from '../../propose/answer/readJson.ts';
import { redact } from './redact.ts';
import { type StreamPart } from './streams.ts';

/** The connection ended in the middle of an answer. */
export class BrokenOff extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'the answer broke off', { cause });
  }
}

/** Characters between two looks at an answer under way. */
const SHOWN_STEP = 120;

/** An answer as it comes in: keys blanked, never longer than what would be read. */
export class Answer {
  readonly #question: ModelQuestion;
  readonly #key: string | null;
  #raw = '';
  #isWhole = false;
  #shown = 0;
  usage: { readonly input: number; readonly output: number } | null = null;

  constructor(question: ModelQuestion, key: string | null) {
    this.#question = question;
    this.#key = key;
  }

  get text(): string {
    return redact(this.#raw, this.#key);
  }

  async collect(parts: AsyncIterable<StreamPart>, signal: AbortSignal): Promise<void> {
    for await (const part of parts) {
      this.#take(part);
      if (this.#raw.length > LONGEST_ANSWER) return;
    }
    this.#question.onText(this.text);
    // The client ends quietly where it was aborted or the server hung up.
    if (signal.aborted) throw new Error('aborted');
    if (!this.#isWhole && (this.#raw === '' || isCutOff(this.#raw))) throw new BrokenOff(null);
  }

  /** Not on every piece: blanking keys reads the whole text. */
  #show(): void {
    if (this.#raw.length < this.#shown + SHOWN_STEP) return;
    this.#shown = this.#raw.length;
    this.#question.onText(this.text);
  }

  #take(part: StreamPart): void {
    if ('isEnd' in part) this.#isWhole = true;
    else if ('text' in part) {
      this.#raw += part.text;
      this.#show();
    } else this.usage = { input: part.inputTokens, output: part.outputTokens };
  }
}
