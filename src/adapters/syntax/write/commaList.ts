import type { Span } from '../code/span.ts';
import {
  aboveComments,
  endsLine,
  indentAt,
  insertion,
  lineEnd,
  lineStart,
  nextLine,
  replacement,
  startsLine,
} from './patch.ts';
import type { Patch } from './patch.ts';

/** Items between brackets, separated by commas: entries of an object, items of a list. */
export interface CommaList {
  readonly text: string;
  /** With the brackets. */
  readonly span: Span;
  readonly items: readonly Span[];
}

/** Indentation for an item beside the item at `index`. */
export const itemIndent = ({ text, items, span }: CommaList, index: number): string =>
  indentAt(text, items[index]?.start ?? span.start);

/** Adds items behind the one at `index`, in lines of their own where it has one. */
export function insertAfterItem(list: CommaList, index: number, added: readonly string[]): Patch[] {
  const { text } = list;
  const item = list.items[index];
  if (!item)
    return [
      replacement(
        list.span,
        `${text[list.span.start] ?? '['}${added.join(', ')}${text[list.span.end - 1] ?? ']'}`,
      ),
    ];
  const comma = commaAfter(text, item);
  const behind = comma ?? item.end;
  if (!startsLine(text, item.start) || !endsLine(text, behind))
    return [insertion(item.end, added.map((one) => `, ${one}`).join(''))];
  const indent = indentAt(text, item.start);
  if (comma !== null)
    return [insertion(lineEnd(text, comma), added.map((one) => `\n${indent}${one},`).join(''))];
  const lines = added.map((one) => `\n${indent}${one}`).join(',');
  return [insertion(item.end, ','), insertion(lineEnd(text, item.end), lines)];
}

/** Adds items in front of the first, above the comments that belong to it. */
export function insertBeforeFirst(list: CommaList, added: readonly string[]): Patch[] {
  const first = list.items[0];
  if (!first) return insertAfterItem(list, 0, added);
  const { text } = list;
  if (!startsLine(text, first.start))
    return [insertion(first.start, added.map((one) => `${one}, `).join(''))];
  const indent = indentAt(text, first.start);
  const at = Math.max(aboveComments(text, first.start), nextLine(text, list.span.start));
  return [insertion(at, added.map((one) => `${indent}${one},\n`).join(''))];
}

/** Takes the item at `index` out, with its comma and its line. */
export function removeItem(list: CommaList, index: number): Patch[] {
  const { text, items } = list;
  const item = items[index];
  if (!item) return [];
  if (items.length === 1)
    return [replacement({ start: list.span.start + 1, end: list.span.end - 1 }, '')];
  const behind = commaAfter(text, item) ?? item.end;
  return startsLine(text, item.start) && endsLine(text, behind)
    ? removeLine(list, index, behind)
    : removeInline(items, item, index);
}

/** The item's line goes; where it ended the list without a comma, so does the comma before it. */
function removeLine({ text, items }: CommaList, index: number, behind: number): Patch[] {
  const [item, previous] = [items[index], items[index - 1]];
  if (!item) return [];
  const line: Patch = { start: lineStart(text, item.start), end: nextLine(text, behind), text: '' };
  const dangling = behind === item.end && previous ? commaAfter(text, previous) : null;
  return dangling === null ? [line] : [{ start: dangling - 1, end: dangling, text: '' }, line];
}

function removeInline(items: readonly Span[], item: Span, index: number): Patch[] {
  const next = items[index + 1];
  return [
    next
      ? { start: item.start, end: next.start, text: '' }
      : { start: items[index - 1]?.end ?? item.start, end: item.end, text: '' },
  ];
}

/** The offset behind the comma that follows an item; `null` where there is none. */
function commaAfter(text: string, item: Span): number | null {
  const comma = /^\s*,/.exec(text.slice(item.end, item.end + 200));
  return comma ? item.end + comma[0].length : null;
}
