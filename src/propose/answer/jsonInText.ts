import { bracketsOf } from '../../util/nesting.ts';

/**
 * Texts that may be the JSON object an answer holds, most likely first: the whole, fenced blocks,
 * then balanced braces in prose.
 */
export function* jsonInText(text: string): Generator<string> {
  const trimmed = text.trim();
  if (trimmed.startsWith('{')) yield trimmed;
  for (const [, block] of trimmed.matchAll(/```[a-zA-Z0-9]*[ \t]*\r?\n([\s\S]*?)\r?\n[ \t]*```/g))
    if (block !== undefined) yield block.trim();
  yield* balancedObjects(trimmed);
}

/** The text holds an opening brace that is never closed: an answer that was cut off. */
export function isCutOff(text: string): boolean {
  const start = text.indexOf('{');
  return start >= 0 && endOfObject(text, start) === null;
}

const MOST_OBJECTS = 50;
/** Each brace that is never closed takes a walk to the end of the text. */
const MOST_UNCLOSED = 5;

function* balancedObjects(text: string): Generator<string> {
  let unclosed = 0;
  let start = text.indexOf('{');
  for (let tries = 0; start >= 0 && tries < MOST_OBJECTS; tries += 1) {
    const end = endOfObject(text, start);
    if (end === null) unclosed += 1;
    else yield text.slice(start, end);
    if (unclosed > MOST_UNCLOSED) return;
    start = text.indexOf('{', end ?? start + 1);
  }
}

/**
 * Where the object that opens at `start` ends, braces inside strings left alone; `null` where it
 * does not.
 */
function endOfObject(text: string, start: number): number | null {
  let depth = 0;
  for (const { character, at } of bracketsOf(text, start)) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return null;
}
