/**
 * A number as logs write it; `nan` and `inf` in any spelling (`1.#QNAN`, `-1.#IND`, `1.#INF` are
 * older ones of Windows), never a decimal comma.
 */
export const NUMBER = String.raw`[-+]?(?:1\.#(?:[qs]nan|ind|inf)\d{0,9}|\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan|inf(?:inity)?)`;

const WHOLE = new RegExp(`^${NUMBER}$`, 'i');

/**
 * The value of a number text, `NaN` and infinities included; `null` when the text is not one
 * number.
 */
export function parseNumber(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  const word = text.toLowerCase();
  if (word.includes('n')) return word.includes('inf') ? signedInfinity(word) : NaN;
  return Number(text);
}

/** In place of a number of decimals: there is an exponent, or the number is not finite. */
export const NO_DECIMALS = -1;

/**
 * How many digits follow the point; `NO_DECIMALS` when the number has an exponent or is not finite.
 */
export function decimalsOf(text: string): number {
  let point = -1;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code === POINT && point < 0) point = i;
    else if (!isPlain(code, i)) return NO_DECIMALS;
  }
  return point < 0 ? 0 : text.length - point - 1;
}

const POINT = 46;

/** A digit, or a sign in the first place. */
const isPlain = (code: number, i: number): boolean =>
  (code >= 48 && code <= 57) || (i === 0 && (code === 43 || code === 45));

const signedInfinity = (word: string): number => (word.startsWith('-') ? -Infinity : Infinity);
