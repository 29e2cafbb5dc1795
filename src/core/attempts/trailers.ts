/** The last paragraph of a commit message as `Key: value` lines; of a repeated key the last one counts. */
export type Trailers = ReadonlyMap<string, string>;

/** A trailer to be written; `null` values are left out. */
export type TrailerEntry = readonly [key: string, value: string | null];

/**
 * Writes a trailer block, one line each. A value that is not plain printable ASCII, or could be taken for an encoded one, is
 * written as a JSON string, so that no text of anybody's can start a line of its own.
 */
export const formatTrailers = (entries: readonly TrailerEntry[]): string =>
  entries.flatMap(([key, value]) => (value === null ? [] : [`${key}: ${encode(value)}`])).join('\n');

/** Reads the trailer block of a message; empty when its last paragraph is none. Written for ten thousand messages at once. */
export function parseTrailers(message: string): Trailers {
  const trailers = new Map<string, string>();
  const end = message.trimEnd().length;
  const gap = message.lastIndexOf('\n\n', end - 1);
  for (let start = gap === -1 ? end : gap + 2; start < end; ) {
    const nextLine = message.indexOf('\n', start);
    const lineEnd = nextLine === -1 ? end : nextLine;
    const colon = message.indexOf(': ', start);
    if (colon > start && colon < lineEnd) trailers.set(message.slice(start, colon), decode(message.slice(colon + 2, lineEnd)));
    start = lineEnd + 1;
  }
  return trailers;
}

const PLAIN = /^[\x21\x23-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
const INVISIBLE = /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

const encode = (value: string): string =>
  PLAIN.test(value) ? value : JSON.stringify(value).replace(INVISIBLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

function decode(written: string): string {
  if (!written.startsWith('"')) return written;
  try {
    return String(JSON.parse(written));
  } catch {
    // Damaged by hand: shown as it stands rather than losing the whole attempt.
    return written;
  }
}
