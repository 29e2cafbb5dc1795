import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Diagnosis } from '../core/trainingLog/diagnosis.ts';
import { openLogFile } from './readLogFile.ts';

/** Bytes scanned in one turn of the event loop, and between two marks: well under a millisecond of work. */
const SLICE = 64 * 1024;
const NEWLINE = 10;
const RETURN = 13;

/** What has been counted before a byte of the file. */
interface Mark {
  readonly position: number;
  /** Lines as logs count them: `\n` ends one. 1-based. */
  readonly line: number;
  /** Carriage returns alone, which end a line in an editor and only overwrite it in a terminal. */
  readonly returns: number;
  /** The byte before was a carriage return; what follows tells whether it stands alone. */
  readonly isOpen: boolean;
}

/**
 * The lines of a log as an editor numbers them. A progress bar is one line of the log and many of the editor's; a line of the log
 * is the last of those. Only what was added since the last question is read again.
 */
export class EditorLines {
  readonly #path: string;
  #marks: Mark[] = [START];
  #inode: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** For each line of the log (1-based) the editor's. */
  async of(lines: readonly number[]): Promise<readonly number[]> {
    const file = await openLogFile(this.#path);
    try {
      await this.#grow(file);
      if (this.#marks.at(-1)?.returns === 0) return lines;
      return await Promise.all(lines.map(async (line) => line + (await this.#returnsTo(line, file))));
    } finally {
      await file.close();
    }
  }

  /** A file that was replaced or cut is begun again. */
  async #grow(file: FileHandle): Promise<void> {
    const { ino, size } = await file.stat();
    if (ino !== this.#inode || size < (this.#marks.at(-1)?.position ?? 0)) this.#marks = [START];
    this.#inode = ino;
    const buffer = new Uint8Array(SLICE);
    for (let last = this.#marks.at(-1) ?? START; ; this.#marks.push(last)) {
      const { bytesRead } = await file.read(buffer, 0, SLICE, last.position);
      if (bytesRead === 0) return;
      last = count(buffer.subarray(0, bytesRead), last, Infinity);
      await nextTurn();
    }
  }

  /** Carriage returns alone from the start of the file to the end of a line. */
  async #returnsTo(line: number, file: FileHandle): Promise<number> {
    const buffer = new Uint8Array(SLICE);
    let mark = this.#marks.findLast((other) => other.line < line) ?? START;
    for (;;) {
      const { bytesRead } = await file.read(buffer, 0, SLICE, mark.position);
      mark = count(buffer.subarray(0, bytesRead), mark, line);
      if (mark.line > line || bytesRead === 0) return mark.returns;
    }
  }
}

const START: Mark = { position: 0, line: 1, returns: 0, isOpen: false };

/** Counts on over some bytes, at most to the end of line `last`. */
function count(bytes: Uint8Array, { position, line, returns, isOpen }: Mark, last: number): Mark {
  let i = 0;
  for (; i < bytes.length && line <= last; i += 1) {
    const byte = bytes[i];
    if (isOpen && byte !== NEWLINE) returns += 1;
    isOpen = byte === RETURN;
    if (byte === NEWLINE) line += 1;
  }
  return { position: position + i, line, returns, isOpen };
}

/** The diagnoses of a growing log, their findings at the lines an editor shows. */
export async function* inEditorLines(path: string, diagnoses: AsyncIterable<Diagnosis>): AsyncGenerator<Diagnosis> {
  const lines = new EditorLines(path);
  for await (const diagnosis of diagnoses) {
    const proof = [...new Set(diagnosis.findings.flatMap((finding) => finding.lines))];
    const shown = await lines.of(proof);
    const places = new Map(proof.map((line, index) => [line, shown[index] ?? line]));
    yield { ...diagnosis, findings: diagnosis.findings.map((finding) => ({ ...finding, lines: finding.lines.map((line) => places.get(line) ?? line) })) };
  }
}
