/** How much of a file tells its encoding, in bytes. */
const SAMPLE = 4096;
const SPACE = 32;
/** Backspace, tab, line feed, vertical tab, form feed, carriage return, bell, escape. */
const CONTROLS = new Set([7, 8, 9, 10, 11, 12, 13, 27]);
/** Share of other control characters a text may have: a damaged line, not a format. */
const MOST_STRANGE = 0.05;

/**
 * The encoding of a text by its first bytes: a byte order mark, or where its zero bytes stand;
 * `null` for bytes that are no text.
 */
export function encodingOf(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const sample = bytes.subarray(0, SAMPLE);
  const even = shareOfZeros(sample, 0);
  const odd = shareOfZeros(sample, 1);
  return byZeros(even, odd) ?? (isText(sample) ? 'utf-8' : null);
}

/**
 * Few bytes that no text has; zeros are none of them: a file that was cut while it was written to
 * begins with thousands.
 */
function isText(sample: Uint8Array): boolean {
  const strange = sample.filter((byte) => byte !== 0 && byte < SPACE && !CONTROLS.has(byte));
  return strange.length <= MOST_STRANGE * sample.length;
}

/** Latin letters in UTF-16 have a zero byte each: the high one. */
function byZeros(even: number, odd: number): 'utf-16le' | 'utf-16be' | null {
  if (even === 0 && odd > 0.7) return 'utf-16le';
  return odd === 0 && even > 0.7 ? 'utf-16be' : null;
}

const shareOfZeros = (bytes: Uint8Array, parity: number): number =>
  bytes.filter((byte, i) => byte === 0 && i % 2 === parity).length / Math.max(1, bytes.length / 2);
