import { diffArrays } from 'diff';

const BOM = '\uFEFF';

/**
 * The lines of a text without byte-order mark and line ends; a final newline shows as a last empty
 * line.
 */
export const splitLines = (text: string): readonly string[] => withoutBom(text).split(/\r\n|\r|\n/);

/**
 * Writes `lines` in the form of `base`: its byte-order mark, its final newline or none, the own
 * line end of every line that stayed, and the line end `base` mostly uses for new ones.
 */
export function writeLike(base: string, lines: readonly string[]): string {
  const ends = lineEnds(base);
  const usual = usualEnd(ends);
  const kept: string[] = [];
  let position = 0;
  for (const part of diffArrays([...splitLines(base)], [...lines])) {
    if (part.added) kept.push(...part.value.map(() => usual));
    else if (!part.removed) kept.push(...ends.slice(position, position + part.count));
    if (!part.added) position += part.count;
  }
  const body = lines
    .map((line, index) => (index === lines.length - 1 ? line : line + (kept[index] || usual)))
    .join('');
  return (base.startsWith(BOM) ? BOM : '') + body;
}

/** `lines` with a final newline exactly where `base` has one; an empty base has no form to keep. */
export function endLike(base: readonly string[], lines: readonly string[]): readonly string[] {
  if (base.length === 1 && base[0] === '') return lines;
  const wanted = base.at(-1) === '';
  const has = lines.at(-1) === '';
  if (wanted === has) return lines;
  return wanted ? [...lines, ''] : lines.slice(0, -1);
}

/** A text without its byte-order mark, as editors show it. */
const withoutBom = (text: string): string => (text.startsWith(BOM) ? text.slice(1) : text);

/** The line end of every line of `text`; the last line has none. */
const lineEnds = (text: string): readonly string[] => [...(text.match(/\r\n|\r|\n/g) ?? []), ''];

function usualEnd(ends: readonly string[]): string {
  const windows = ends.filter((end) => end === '\r\n').length;
  return windows * 2 > ends.length - 1 ? '\r\n' : '\n';
}
