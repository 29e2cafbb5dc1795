import type { SourceRange } from '../../../model/architecture.ts';
import type { Span } from '../code/span.ts';

/** Turns offsets into 1-based lines. */
export class Lines {
  readonly #starts: number[] = [0];

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1))
      this.#starts.push(at + 1);
  }

  get count(): number {
    return this.#starts.length;
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  range({ start, end }: Span): SourceRange {
    return {
      start,
      end,
      startLine: this.lineAt(start),
      endLine: this.lineAt(Math.max(start, end - 1)),
    };
  }
}
