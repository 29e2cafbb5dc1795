/** A number as logs write it; `nan` and `inf` in any spelling, never a decimal comma. */
export const NUMBER = String.raw`[-+]?(?:\d+(?:\.\d*)?(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|nan|inf(?:inity)?)`;

/** What may not follow a number: it would then be a part of something else (`3s`, `0,31`, `12:30`, `90/100`). */
export const NUMBER_ENDS = String.raw`(?!\w|[.,:/-]\d)`;

const WHOLE = new RegExp(`^${NUMBER}$`, 'i');

/** The value of a number text, `NaN` and infinities included; `null` when the text is not one number. */
export function parseNumber(text: string): number | null {
  if (!WHOLE.test(text)) return null;
  const word = text.toLowerCase();
  if (word.includes('n')) return word.endsWith('nan') ? NaN : signedInfinity(word);
  return Number(text);
}

/** How many digits follow the point; `null` when the number has an exponent or is not finite. */
export function decimalsOf(text: string): number | null {
  if (!/^[-+]?\d*\.?\d*$/.test(text)) return null;
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

const signedInfinity = (word: string): number => (word.startsWith('-') ? -Infinity : Infinity);
