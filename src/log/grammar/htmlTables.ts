import { headerOf, rowOf } from './tables.ts';
import type { Header } from './tables.ts';
import type { ParsedLine } from './slots.ts';

const TAG = /<(\/?)(t[rdh]|table)\b[^>]{0,300}>([^<]{0,300})/g;

/** Tables in HTML, as notebooks keep them of a training's progress; those that count are read. */
export class HtmlTables {
  private cells: string[] = [];
  private header: Header | null = null;

  /** The rows that end on a line; `null` where it holds no part of a table. */
  rowsOn(text: string): readonly ParsedLine[] | null {
    if (!/<\/?t[rdha]/.test(text)) return null;
    const rows: ParsedLine[] = [];
    for (const [, slash = '', tag = '', content = ''] of text.matchAll(TAG)) {
      if (slash === '' && tag === 'table') this.header = null;
      else if (slash === '' && tag !== 'tr') this.cells.push(cellOf(content));
      else if (tag === 'tr') rows.push(...this.endRow());
    }
    return rows;
  }

  private endRow(): readonly ParsedLine[] {
    const text = this.cells.join('\t');
    this.cells = [];
    if (this.header === null) {
      this.header = text === '' ? null : countingHeader(text);
      return [];
    }
    const row = rowOf(text, this.header, true);
    return typeof row === 'string' ? [] : [row];
  }
}

/** In a file of JSON an end of line stands as `\n`. */
const cellOf = (content: string): string => content.replaceAll('\\n', ' ').trim();

function countingHeader(text: string): Header | null {
  const header = headerOf(ofTrainer(text));
  return header?.slots.some(({ counter }) => counter !== null) === true ? header : null;
}

/** Hugging Face's Trainer measures its metrics on the validation part. */
function ofTrainer(text: string): string {
  const cells = text.split('\t');
  const from = cells.indexOf('Validation Loss');
  if (from < 0 || !cells.includes('Training Loss')) return text;
  return cells.map((cell, i) => (i > from && cell !== '' ? `Validation ${cell}` : cell)).join('\t');
}
