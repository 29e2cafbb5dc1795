/**
 * How deep brackets and braces of a JSON text are nested, those in strings left alone. Readers of
 * JSON and of its schemas call themselves for each level, so a text of many is refused unread.
 */
export function nestingDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (inString && character === '\\') at += 1;
    else if (character === '"') inString = !inString;
    else if (!inString) depth += stepOf(character);
    if (depth > deepest) deepest = depth;
  }
  return deepest;
}

function stepOf(character: string | undefined): number {
  if (character === '{' || character === '[') return 1;
  return character === '}' || character === ']' ? -1 : 0;
}
