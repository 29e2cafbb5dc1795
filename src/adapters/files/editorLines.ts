import { TextDecoder } from 'node:util';
import { LineSplitter } from '../../log/lines.ts';
import { readInto } from './readLogFile.ts';
import { encodingOf } from './textEncoding.ts';

/**
 * For each line of a log (1-based, as `grep -n` counts) the one an editor shows: a progress bar is
 * one line of the file and many of the editor's, and what it ended with is meant. A line that is
 * not there keeps its number. Rejects where the log cannot be read.
 */
export async function editorLines(
  path: string,
  lines: readonly number[],
): Promise<readonly number[]> {
  if (lines.length === 0) return [];
  const places = new LinePlaces(lines);
  await readInto(places, path);
  return places.finish();
}

const encoder = new TextEncoder();

/** Looks for some lines in the bytes of a log. */
class LinePlaces {
  readonly #lines: readonly number[];
  readonly #places: Map<number, number>;
  readonly #splitter: LineSplitter = new LineSplitter(() => {
    this.#take();
  });
  #decoder: TextDecoder | 'utf-8' | undefined;

  constructor(lines: readonly number[]) {
    this.#lines = lines;
    this.#places = new Map(lines.map((line) => [line, line]));
  }

  push(bytes: Uint8Array): void {
    this.#decoder ??= decoderFor(bytes);
    this.#splitter.push(
      this.#decoder === 'utf-8'
        ? bytes
        : encoder.encode(this.#decoder.decode(bytes, { stream: true })),
    );
  }

  finish(): readonly number[] {
    this.#splitter.finish();
    return this.#lines.map((line) => this.#places.get(line) ?? line);
  }

  /** What follows a bar to wipe it away is none of the line's text. */
  #take(): void {
    const line = this.#splitter.lineNumber('file');
    if (this.#places.has(line) && this.#splitter.line().text.trim() !== '')
      this.#places.set(line, this.#splitter.lineNumber('editor'));
  }
}

function decoderFor(bytes: Uint8Array): TextDecoder | 'utf-8' {
  const encoding = encodingOf(bytes) ?? 'utf-8';
  return encoding === 'utf-8' ? encoding : new TextDecoder(encoding);
}
