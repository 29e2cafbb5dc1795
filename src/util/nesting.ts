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
 * How deep brackets and braces of a JSON text are nested. Readers of JSON and of its schemas call
 * themselves for each level, so a text of many is refused unread.
 */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const { character } of bracketsOf(text)) {
    depth += '{['.includes(character) ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** Behind the closing quote of the string that opens at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}
