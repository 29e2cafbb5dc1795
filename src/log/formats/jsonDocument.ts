import { RunCollector } from '../runs.ts';
import type { RunChoice } from '../runs.ts';
import type { TrainingLog } from '../trainingLog.ts';
import { parseObject, sightingOf } from './jsonLines.ts';
import { placeInEpochs } from './pythonDicts.ts';

/** A document longer than this is not kept: 16 MiB of text. */
const LONGEST = 16 * 1024 * 1024;

/**
 * A log that is one JSON document: Keras's `history`, a list of rows, Hugging Face's
 * `trainer_state.json`, W&B's history.
 */
export class JsonDocument {
  private text: string | null = '';
  private begun = false;
  private readonly decoder = new TextDecoder();

  /** The next piece of the file, in UTF-8. */
  push(chunk: Uint8Array): void {
    if (this.text === null) return;
    this.text += this.decoder.decode(chunk, { stream: true });
    if (this.text.length > LONGEST || this.isOther(this.text)) this.text = null;
  }

  /**
   * What it begins with tells that the file is another: no bracket, or a whole object on a line of
   * several.
   */
  private isOther(text: string): boolean {
    if (this.begun || text.trim() === '') return false;
    if (!/^[\s\uFEFF]*[{[]/.test(text)) return true;
    const end = text.indexOf('\n');
    this.begun = end >= 0;
    return this.begun && text.slice(end).trim() !== '' && parseObject(text.slice(0, end)) !== null;
  }

  /**
   * What the document holds, its last run where the chosen one is not there; `null` where the file
   * is none, or none of a training.
   */
  finish(source: string, run: RunChoice): TrainingLog | null {
    const { text } = this;
    const value = text === null || text === '' ? null : parse(text);
    if (value === null) return null;
    const log =
      columnsOf(value, source) ?? rowsOf(value, source, run) ?? rowsOf(value, source, null);
    return log && { ...log, lines: linesOf(text ?? '', log.epochs.length) };
  }
}

/** One object on one line is a JSON line. */
function parse(text: string): unknown {
  const wrapped = parseObject(`{"document":${text.replace(/^\uFEFF/, '')}}`)?.['document'] ?? null;
  return wrapped;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isNumbers = (value: unknown): value is (number | null | string)[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item) =>
      item === null || typeof item === 'number' || /^-?(?:NaN|Infinity)$/.test(String(item)),
  );

/** `{"loss": [0.9, 0.8], "val_loss": [1, 0.9]}`, by itself or under `history`. */
function columnsOf(document: unknown, source: string): TrainingLog | null {
  const value =
    isRecord(document) && isRecord(document['history']) ? document['history'] : document;
  if (!isRecord(value)) return null;
  const columns = Object.entries(value).flatMap(([key, list]) =>
    isNumbers(list) ? [{ key, list }] : [],
  );
  const { length } = columns[0]?.list ?? [];
  if (length === 0 || columns.some(({ list }) => list.length !== length)) return null;
  const epochs =
    columns.find(({ key }) => key === 'epoch')?.list ?? Array.from({ length }, (_, i) => i + 1);
  const rows = epochs.map((epoch, i) =>
    Object.fromEntries([
      ['epoch', epoch],
      ...columns.filter(({ key }) => key !== 'epoch').map(({ key, list }) => [key, list[i]]),
    ]),
  );
  return rowsOf(rows, source, null);
}

/** `[{"epoch": 1, "loss": 0.9}, …]`, by itself or under `log_history` or `history`. */
function rowsOf(document: unknown, source: string, run: RunChoice): TrainingLog | null {
  const rows = isRecord(document) ? (document['log_history'] ?? document['history']) : document;
  if (!Array.isArray(rows)) return null;
  const runs = new RunCollector(run);
  rows.filter(isRecord).forEach((row, i) => {
    if ('train_runtime' in row) return;
    const sighting = sightingOf(row, '');
    if (!sighting) return;
    const fractional = isRecord(document) && 'log_history' in document && sighting.epoch !== null;
    runs.add({
      ...sighting,
      epoch: sighting.epoch ?? i + 1,
      line: 1,
      ...(fractional ? placeInEpochs(sighting.epoch ?? 0) : {}),
    });
  });
  return runs.finish(source, 'JSON document');
}

/** The document as a whole proves each epoch. */
const linesOf = (text: string, epochs: number): number[] =>
  Array.from(
    { length: epochs },
    () =>
      1 +
      (text.length - text.trimStart().length > 0
        ? text.slice(0, text.length - text.trimStart().length).split('\n').length - 1
        : 0),
  );
