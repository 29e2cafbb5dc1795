import type { Span } from '../code/span.ts';

/**
 * A replacement of a range of the text; an empty range inserts. Line ends in `text` are `\n`
 * whatever the file has.
 */
export interface Patch {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export const insertion = (at: number, text: string): Patch => ({ start: at, end: at, text });

export const replacement = ({ start, end }: Span, text: string): Patch => ({ start, end, text });

/** Applies patches that do not overlap; those at one place keep their order. */
export function applyPatches(text: string, patches: readonly Patch[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  let result = '';
  let at = 0;
  for (const patch of patches.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    result += text.slice(at, patch.start) + patch.text.replaceAll('\n', eol);
    at = Math.max(at, patch.end);
  }
  return result + text.slice(at);
}

/** One part of the text with the patches that lie inside it; line ends are `\n`. */
export function patchedSlice(text: string, span: Span, patches: readonly Patch[]): string {
  const inside = patches.filter(({ start, end }) => start >= span.start && end <= span.end);
  const moved = inside.map((patch) => ({
    ...patch,
    start: patch.start - span.start,
    end: patch.end - span.start,
  }));
  return applyPatches(text.slice(span.start, span.end), moved).replaceAll('\r\n', '\n');
}

/** Offset of the first character of the line. */
export const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1;

/** Offset behind the last character of the line, before its line end. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  const end = found < 0 ? text.length : found;
  return end > at && text[end - 1] === '\r' ? end - 1 : end;
}

/** Offset of the next line's first character. */
export function nextLine(text: string, at: number): number {
  const found = text.indexOf('\n', at);
  return found < 0 ? text.length : found + 1;
}

/** White space in front of the line's first other character. */
export const indentAt = (text: string, at: number): string =>
  /^[\t ]*/.exec(text.slice(lineStart(text, at), at))?.[0] ?? '';

/** Nothing but white space stands in front of `at` in its line. */
export const startsLine = (text: string, at: number): boolean =>
  text.slice(lineStart(text, at), at).replace('\uFEFF', '').trim() === '';

/** Nothing but white space and a comment stands between `at` and the end of its line. */
export const endsLine = (text: string, at: number): boolean =>
  /^\s*(\/\/.*|#.*|\/\*((?!\*\/).)*\*\/\s*)?$/.test(text.slice(at, lineEnd(text, at)));

/**
 * Where a line that starts with comments belonging to what stands at `at` begins: above `//` lines
 * right above.
 */
export function aboveComments(text: string, at: number): number {
  let start = lineStart(text, at);
  while (start > 0 && /^\s*(\/\/|\*|\/\*|#)/.test(text.slice(lineStart(text, start - 1), start)))
    start = lineStart(text, start - 1);
  return start;
}
