import { isRecord, parseObject, parseReport } from '../grammar/objects.ts';
import { reportOf, slotNamed } from '../grammar/slots.ts';
import type { ParsedLine } from '../grammar/slots.ts';
import { seriesName } from '../seriesName.ts';

/** A document longer than this is not kept: 64 MiB of text. */
const LONGEST = 64 * 1024 * 1024;

/**
 * A log that is one JSON document: Keras's `history`, a list of rows, Hugging Face's
 * `trainer_state.json`, W&B's history, CatBoost's `catboost_training.json`.
 */
export class JsonDocument {
  private parts: string[] | null = [];
  private length = 0;
  private begun = false;
  private readonly decoder = new TextDecoder();

  /** The next piece of the file, in UTF-8. */
  push(chunk: Uint8Array): void {
    if (this.parts === null) return;
    const part = this.decoder.decode(chunk, { stream: true });
    this.parts.push(part);
    this.length += part.length;
    if (this.length > LONGEST || this.isOther()) this.parts = null;
  }

  /** The rows of the document; `null` where the file is none, or none of a training. */
  rows(): readonly ParsedLine[] | null {
    const text = this.parts?.join('') ?? '';
    const value = text === '' ? null : parse(text);
    if (value === null) return null;
    const rows = boostingRows(value) ?? columnsOf(value) ?? rowsOf(value);
    return rows && rows.length > 0 ? rows : null;
  }

  /** 1-based line on which the document begins. */
  firstLine(): number {
    const text = this.parts?.join('') ?? '';
    return text.slice(0, text.length - text.trimStart().length).split('\n').length;
  }

  /**
   * What it begins with tells that the file is another: no bracket, or a whole object on a line of
   * several.
   */
  private isOther(): boolean {
    if (this.begun || this.parts === null) return false;
    const text = this.parts.join('');
    if (text.trim() === '') return false;
    if (!/^[\s\uFEFF]{0,9999}[{[]/.test(text)) return true;
    const end = text.indexOf('\n');
    this.begun = end >= 0;
    return this.begun && text.slice(end).trim() !== '' && parseObject(text.slice(0, end)) !== null;
  }
}

/** One object on one line is a JSON line. */
function parse(text: string): unknown {
  return parseObject(`{"document":${text.replace(/^\uFEFF/, '')}}`)?.['document'] ?? null;
}

const isNumbers = (value: unknown): value is (number | null | string)[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (item) =>
      item === null || typeof item === 'number' || /^-?(?:NaN|Infinity)$/.test(String(item)),
  );

const STYLE = 'JSON document';

/** `{"loss": [0.9, 0.8], "val_loss": [1, 0.9]}`, by itself or under `history`. */
function columnsOf(document: unknown): ParsedLine[] | null {
  const value =
    isRecord(document) && isRecord(document['history']) ? document['history'] : document;
  if (!isRecord(value)) return null;
  const columns = Object.entries(value).flatMap(([key, list]) =>
    isNumbers(list) ? [{ key, list }] : [],
  );
  const { length } = columns[0]?.list ?? [];
  if (length === 0 || columns.some(({ list }) => list.length !== length)) return null;
  const hasEpochs = columns.some(({ key }) => key === 'epoch') || isOfSteps(value, columns);
  return Array.from({ length }, (_, i) =>
    parseReport(
      Object.fromEntries([
        ...(hasEpochs ? [] : [['epoch', i + 1]]),
        ...columns.map(({ key, list }) => [key, list[i]]),
      ]),
      '',
      STYLE,
    ),
  ).filter((row) => row !== null);
}

/** More values than this are of steps, where none of them is held out. */
const MOST_EPOCHS = 2_000;

/** More values than epochs were to be trained, or than anybody trains. */
function isOfSteps(
  document: Readonly<Record<string, unknown>>,
  columns: readonly { readonly key: string; readonly list: readonly unknown[] }[],
): boolean {
  const { length } = columns[0]?.list ?? [];
  const settings = [document, ...Object.values(document).filter(isRecord)];
  const epochs = settings.flatMap(Object.entries<unknown>).find(([key]) => EPOCHS.test(key))?.[1];
  if (typeof epochs === 'number') return length > epochs;
  return length > MOST_EPOCHS && columns.every(({ key }) => !seriesName(key).startsWith('val_'));
}

const EPOCHS = /^(?:(?:num|n|max|total)_?(?:train_?)?)?epochs$/i;

/** `[{"epoch": 1, "loss": 0.9}, …]`, by itself or under `log_history` or `history`. */
function rowsOf(document: unknown): ParsedLine[] | null {
  const isState = isRecord(document) && 'log_history' in document;
  const rows = isRecord(document) ? (document['log_history'] ?? document['history']) : document;
  const list = Array.isArray(rows)
    ? rows
    : isRecord(document) && 'epoch' in document
      ? [document]
      : null;
  if (!list) return null;
  return list.filter(isRecord).flatMap((row) => {
    const report = parseReport(row, '', STYLE);
    return report ? [{ ...report, isFractional: isState }] : [];
  });
}

/** CatBoost: the values of each iteration in the order of the metrics that `meta` names. */
function boostingRows(document: unknown): ParsedLine[] | null {
  if (!isRecord(document) || !Array.isArray(document['iterations']) || !isRecord(document['meta']))
    return null;
  const { meta, iterations } = document;
  const learned = namesIn(meta['learn_metrics']);
  const tested = namesIn(meta['test_metrics']);
  return iterations.filter(isRecord).map((row) =>
    reportOf(STYLE, [
      slotNamed({
        role: 'epoch',
        name: 'iteration',
        value: Number(row['iteration']),
        text: String(row['iteration']),
        at: -1,
      }),
      ...slotsOf(row['learn'], learned, ''),
      ...slotsOf(row['test'], tested, 'val_'),
    ]),
  );
}

const namesIn = (metrics: unknown): readonly string[] =>
  Array.isArray(metrics)
    ? metrics.filter(isRecord).map(({ name }) => (typeof name === 'string' ? name : ''))
    : [];

function slotsOf(values: unknown, names: readonly string[], prefix: string) {
  return (Array.isArray(values) ? values : []).flatMap((value: unknown, i) =>
    typeof value === 'number' && names[i] !== undefined
      ? [
          slotNamed({
            role: 'measure',
            name: prefix + seriesName(names[i].toLowerCase()),
            value,
            text: String(value),
            at: -1,
            isScoped: true,
          }),
        ]
      : [],
  );
}
