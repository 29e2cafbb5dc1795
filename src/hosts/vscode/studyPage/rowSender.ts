import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import { studyRow } from '../../../show/views/studyRow.ts';

const SLICE = 1000;

/**
 * Sends rows that the page does not have yet, a slice at a time, so that ten thousand block nobody.
 */
export class RowSender {
  readonly #send: (message: ToStudy) => void;
  #sent: readonly AttemptSummary[] = [];

  constructor(send: (message: ToStudy) => void) {
    this.#send = send;
  }

  /** The page has started anew. */
  forget(): void {
    this.#sent = [];
  }

  async send(attempts: readonly AttemptSummary[]): Promise<void> {
    const isLonger = this.#sent.every((attempt, index) => attempts[index] === attempt);
    const start = isLonger ? this.#sent.length : 0;
    this.#sent = attempts;
    if (start === attempts.length && start > 0) return;
    for (let from = start; from === start || from < attempts.length; from += SLICE) {
      if (this.#sent !== attempts) return;
      this.#send({
        kind: 'rows',
        from,
        total: attempts.length,
        rows: attempts.slice(from, from + SLICE).map(studyRow),
      });
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}
