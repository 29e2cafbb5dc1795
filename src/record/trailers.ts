/**
 * The values behind the keys that were asked for, in their order, as they are written; `undefined`
 * for what is not there.
 */
export type TrailerValues = readonly (string | undefined)[];

/** A trailer to be written; `null` values are left out. */
export type TrailerEntry = readonly [key: string, value: string | null];

/**
 * Writes a trailer block, one line each. A value that is not plain printable ASCII, or could be
 * taken for an encoded one, is written as a JSON string, so that no text of anybody's can start a
 * line of its own.
 */
export const formatTrailers = (entries: readonly TrailerEntry[]): string =>
  entries
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${encode(value)}`]))
    .join('\n');

/**
 * A reader of trailer blocks, which are the last paragraphs of messages; of a repeated key the last
 * value counts. Made for ten thousand messages at once: a block that holds these keys in this
 * order, as Cortex writes it, is taken apart by one regular expression.
 */
export function trailerReader(keys: readonly string[]): (message: string) => TrailerValues {
  const inOrder = new RegExp(`^${keys.map((key) => `(?:${key}: (.*)(?:\n|$))?`).join('')}$`);
  return (message) => {
    const end = message.trimEnd().length;
    const gap = message.lastIndexOf('\n\n', end - 1);
    const block = message.slice(gap === -1 ? end : gap + 2, end);
    return inOrder.exec(block)?.slice(1) ?? inAnyOrder(block, keys);
  };
}

function inAnyOrder(block: string, keys: readonly string[]): TrailerValues {
  const values = new Map(
    block
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  return keys.map((key) => values.get(key));
}

/** The value as it was before it was written. */
export function decodeTrailer(written: string): string {
  if (!written.startsWith('"')) return written;
  try {
    return String(JSON.parse(written));
  } catch {
    // Damaged by hand: shown as it stands rather than losing the whole attempt.
    return written;
  }
}

const PLAIN = /^[\x21\x23-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const INVISIBLE = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const encode = (value: string): string =>
  PLAIN.test(value)
    ? value
    : JSON.stringify(value).replace(
        INVISIBLE,
        (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
