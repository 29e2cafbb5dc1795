/** A bracket or brace of a JSON text, and where it stands. */
interface Bracket {
  readonly character: string;
  readonly at: number;
}

/** Brackets and braces from `start` on, in order, those in strings left alone; linear. */
export function* bracketsOf(text: string, start = 0): Generator<Bracket> {
  const marks = /["{}[\]]/g;
  marks.lastIndex = start;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    if (found[0] === '"') marks.lastIndex = endOfString(text, found.index);
    else yield { character: found[0], at: found.index };
  }
}

/**
 * Whether brackets and braces of a JSON text are nested deeper than so many levels. Readers of JSON
 * and of its schemas call themselves for each level, so a text of many is refused unread.
 */
export function isNestedDeeper(text: string, levels: number): boolean {
  let depth = 0;
  for (const { character } of bracketsOf(text)) {
    depth += '{['.includes(character) ? 1 : -1;
    if (depth > levels) return true;
  }
  return false;
}

/** Behind the closing quote of the string that opens at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
