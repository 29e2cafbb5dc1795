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
  for (const { oldText, found } of waysToFind(edit.oldText, { builder, eol })) {
    const [match, another] = found;
    if (another)
      return refuse(
        `oldText ${quoted(edit.oldText)} occurs more than once in the builder; quote more of ` +
          'what surrounds it.',
      );
    if (!match) continue;
    const start = range.start + match.start;
    const newText = reindent(
      withoutAnchors(edit.newText),
      oldText,
      indentAt(text, start),
    ).replaceAll(/\r?\n/g, eol);
    return ok({ start, end: range.start + match.end, text: newText });
  }
  return refuse(`oldText ${quoted(edit.oldText)} does not occur in the builder.`);
}

/** Where in the builder a text stands, from `start` up to `end`. */
interface Place {
  readonly start: number;
  readonly end: number;
}

/**
 * As written, then with white space left open; both also without the prompt's line numbers. At most
 * two places are looked for each way.
 */
function* waysToFind(
  text: string,
  { builder, eol }: { readonly builder: string; readonly eol: string },
): Generator<{ readonly oldText: string; readonly found: readonly Place[] }> {
  for (const oldText of new Set([text, withoutAnchors(text)])) {
    if (oldText.trim() === '') continue;
    yield { oldText, found: exactly(oldText.replaceAll(/\r?\n/g, eol), builder) };
    yield { oldText, found: loosely(oldText, builder) };
  }
}

const quoted = (text: string): string =>
  JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}…` : text);

/** The prompt numbers its lines (`L12| `); some models copy the numbers along. */
const withoutAnchors = (text: string): string =>
  /^L\d+\| ?/.test(text) ? text.replaceAll(/^L\d+\| ?/gm, '') : text;

function exactly(text: string, builder: string): readonly Place[] {
  const first = builder.indexOf(text);
  if (first < 0) return [];
  const second = builder.indexOf(text, first + text.length);
  return [first, second]
    .filter((start) => start >= 0)
    .map((start) => ({ start, end: start + text.length }));
}

/** The same words and signs in the same order, with any white space between them, or none. */
function loosely(text: string, builder: string): readonly Place[] {
  const wanted = tokensOf(text);
  const there = tokensOf(builder);
  const places: Place[] = [];
  for (let at = 0; at + wanted.length <= there.length && places.length < 2;) {
    if (!wanted.every(({ word }, index) => there[at + index]?.word === word)) {
      at += 1;
      continue;
    }
    const last = there[at + wanted.length - 1];
    places.push({ start: there[at]?.start ?? 0, end: last?.end ?? 0 });
    at += wanted.length;
  }
  return wanted.length === 0 ? [] : places;
}

const tokensOf = (text: string): readonly (Place & { readonly word: string })[] =>
  Array.from(text.matchAll(/\w+|[^\s\w]/g), ({ 0: word, index }) => ({
    word,
    start: index,
    end: index + word.length,
  }));

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
