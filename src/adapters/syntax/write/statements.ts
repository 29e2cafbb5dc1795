import type { Span } from '../code/span.ts';
import {
  aboveComments,
  endsLine,
  indentAt,
  insertion,
  lineEnd,
  lineStart,
  nextLine,
  startsLine,
} from './patch.ts';
import type { Patch } from './patch.ts';

/** Adds statements behind one, in lines of their own where it has one. */
export function insertAfterStatement(
  text: string,
  statement: Span,
  added: readonly string[],
): Patch {
  if (!endsLine(text, statement.end))
    return insertion(statement.end, added.map((one) => ` ${one}`).join(''));
  const indent = indentAt(text, statement.start);
  return insertion(lineEnd(text, statement.end), added.map((one) => `\n${indent}${one}`).join(''));
}

/**
 * Adds statements in front of one; `aboveItsComments` also in front of the comments right above it.
 */
export function insertBeforeStatement(
  text: string,
  statement: Span,
  added: readonly string[],
  aboveItsComments = false,
): Patch {
  if (!startsLine(text, statement.start))
    return insertion(statement.start, added.map((one) => `${one} `).join(''));
  const indent = indentAt(text, statement.start);
  const at = aboveItsComments
    ? aboveComments(text, statement.start)
    : lineStart(text, statement.start);
  return insertion(at, added.map((one) => `${indent}${one}\n`).join(''));
}

/** Takes a statement out, with its lines; of two blank lines that would meet, one goes too. */
export function removeStatement(text: string, statement: Span): Patch {
  if (!startsLine(text, statement.start) || !endsLine(text, statement.end)) {
    const space = /^[\t ]*/.exec(text.slice(statement.end))?.[0].length ?? 0;
    return { start: statement.start, end: statement.end + space, text: '' };
  }
  const start = lineStart(text, statement.start);
  const end = nextLine(text, statement.end);
  const blankBefore =
    start > 0 &&
    startsLine(text, lineEnd(text, start - 1)) &&
    text.slice(lineStart(text, start - 1), start).trim() === '';
  const blankAfter = text.slice(end, nextLine(text, end)).trim() === '' && end < text.length;
  return { start, end: blankBefore && blankAfter ? nextLine(text, end) : end, text: '' };
}
