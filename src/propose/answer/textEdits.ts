import { ok, refuse, type Result } from '../../util/result.ts';
import type { TextEdit } from './answer.ts';

/** A stretch of text and what replaces it. */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Carries out text edits inside `range` of `text` (the builder): each `oldText` must occur there
 * exactly once, letter by letter or else with any white space between its words. Line ends are
 * those of the file; refuses with a sentence for the model.
 */
export function applyTextEdits(
  text: string,
  range: { readonly start: number; readonly end: number },
  edits: readonly TextEdit[],
): Result<string, string> {
  const replacements: Replacement[] = [];
  for (const edit of edits) {
    const found = locate(text, range, edit);
    if (!found.ok) return found;
    replacements.push(found.value);
  }
  const ordered = replacements.toSorted((a, b) => b.start - a.start);
  if (ordered.some((later, index) => (ordered[index + 1]?.end ?? 0) > later.start))
    return refuse('Two edits change the same text.');
  return ok(
    ordered.reduce(
      (result, { start, end, text: replacement }) =>
        result.slice(0, start) + replacement + result.slice(end),
      text,
    ),
  );
}

function locate(
  text: string,
  range: { readonly start: number; readonly end: number },
  edit: TextEdit,
): Result<Replacement, string> {
  const builder = text.slice(range.start, range.end);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  for (const { oldText, pattern } of waysToFind(edit.oldText, eol)) {
    const [match, another] = [...builder.matchAll(pattern)];
    if (another)
      return refuse(
        `oldText ${quoted(edit.oldText)} occurs more than once in the builder; quote more of ` +
          'what surrounds it.',
      );
    if (!match) continue;
    const start = range.start + match.index;
    const newText = reindent(
      withoutAnchors(edit.newText),
      oldText,
      indentAt(text, start),
    ).replaceAll(/\r?\n/g, eol);
    return ok({ start, end: start + match[0].length, text: newText });
  }
  return refuse(`oldText ${quoted(edit.oldText)} does not occur in the builder.`);
}

/** As written, then with white space left open; both also without the prompt's line numbers. */
function waysToFind(
  text: string,
  eol: string,
): readonly { readonly oldText: string; readonly pattern: RegExp }[] {
  return [...new Set([text, withoutAnchors(text)])].flatMap((oldText) =>
    [exactly(oldText.replaceAll(/\r?\n/g, eol)), loosely(oldText)].flatMap((pattern) =>
      pattern ? [{ oldText, pattern }] : [],
    ),
  );
}

const quoted = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);

/** The prompt numbers its lines (`L12| `); some models copy the numbers along. */
const withoutAnchors = (text: string): string =>
  /^L\d+\| ?/.test(text) ? text.replaceAll(/^L\d+\| ?/gm, '') : text;

const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

const exactly = (text: string): RegExp | null =>
  text.trim() === '' ? null : new RegExp(escape(text), 'g');

/**
 * The same words and signs with any white space where there was some, and none or some beside
 * signs.
 */
function loosely(text: string): RegExp | null {
  const tokens = text.match(/\w+|[^\s\w]/g);
  if (!tokens) return null;
  const isWord = (token: string | undefined): boolean => token !== undefined && /^\w/.test(token);
  const parts = tokens.map((token, index) => {
    if (index === 0) return escape(token);
    const between = isWord(token) && isWord(tokens[index - 1]) ? '\\s+' : '\\s*';
    return between + escape(token);
  });
  return new RegExp(parts.join(''), 'g');
}

function indentAt(text: string, offset: number): string {
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[\t ]*$/.test(line) ? line : '';
}

/**
 * Where the old text was quoted without the file's indentation, the new text's further lines get
 * it.
 */
function reindent(newText: string, oldText: string, indent: string): string {
  const given = /^[\t ]*/.exec(oldText)?.[0] ?? '';
  if (indent === '' || given !== '' || oldText.includes(`\n${indent}`)) return newText;
  const lines = newText.split('\n');
  const alreadyIndented = lines
    .slice(1)
    .some((line) => line.trim() !== '' && line.startsWith(indent));
  return alreadyIndented
    ? newText
    : lines
        .map((line, index) => (index === 0 || line.trim() === '' ? line : indent + line))
        .join('\n');
}
