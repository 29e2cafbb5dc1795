import { NUMBER, parseNumber } from '../numbers.ts';

/** What a piece of a line is. */
export type TokenKind = 'word' | 'number' | 'sign' | 'gap' | 'other';

/** A piece of a line. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Offset in the line. */
  readonly at: number;
  /** Of a number: its value, and the letters that follow it without a space (`ms`, `G`, `%`). */
  readonly value: number;
  readonly unit: string;
  /** Of a number: a comma stands in it that may group thousands or be the decimal point. */
  readonly comma: Comma;
}

/** How a comma inside a number is to be read. */
export type Comma = 'none' | 'decimal' | 'either' | 'thousands';

/** Pieces of a line beyond this many are not looked at: no report of a training is so long. */
const MOST_TOKENS = 6_000;

const WORD_START = /[\p{L}_]/u;
const FORM = new RegExp(NUMBER, 'iy');
const GROUPED = /\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d|,\d)/y;
const DECIMAL_COMMA = /[-+]?\d{1,9},\d{1,17}(?!\d|[,.]\d)/y;
/** Dates, times, addresses, versions: numbers held together by signs. */
const CHAIN = /\d{1,9}(?:[:.-]\d{1,9}){2,9}(?:[.,]\d{1,9})?|\d{1,2}:\d{2}(?![\d.])/y;
const DATE = /\d{1,4}\/\d{1,2}\/\d{1,4}|\d{1,2}\/\d{1,2}(?=[ T,]{1,2}\d{1,2}:\d{2})/y;
/** What looks like an exponent but is a hash: `5409e06`. */
export const HASH_LIKE = /^\d{2,}e\d+$/i;
const SPACES = /\s+/y;
/** Signs as Chinese and Japanese texts write them, and as programs read them. */
const WIDE_SIGNS = '：，；（）｜＝、【】％';
const NARROW_SIGNS = ':,;()|=,[]%';
/** What decorates a line: it is part of no name. */
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f✓✗✔★]+/uy;

/** Cuts a line into words, numbers, signs and gaps, from left to right, each character once. */
export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length && tokens.length < MOST_TOKENS) {
    const token = tokenAt(text, at, tokens.at(-1));
    tokens.push(token);
    at += token.text.length + (token.kind === 'number' ? token.unit.length : 0);
  }
  return tokens;
}

function tokenAt(text: string, at: number, before: Token | undefined): Token {
  const character = text[at] ?? '';
  if (/\s/.test(character)) return plain('gap', at, matchAt(SPACES, text, at));
  if (isDigit(character) || startsSigned(text, at, before)) return numberAt(text, at);
  const narrow = WIDE_SIGNS.indexOf(character);
  if (narrow >= 0) return plain('sign', at, NARROW_SIGNS[narrow] ?? '');
  const picture = matchAt(PICTURE, text, at);
  if (picture !== '') return plain('sign', at, picture);
  if (WORD_START.test(character) || character > '\u00ff') return wordAt(text, at);
  return plain('sign', at, character);
}

const plain = (kind: TokenKind, at: number, text: string): Token => ({
  kind,
  text,
  at,
  value: NaN,
  unit: '',
  comma: 'none',
});

function matchAt(expression: RegExp, text: string, at: number): string {
  expression.lastIndex = at;
  return expression.exec(text)?.[0] ?? '';
}

const isDigit = (character: string | undefined): boolean =>
  character !== undefined && character >= '0' && character <= '9';

/** A sign or a point that belongs to the number after it, not to what stands before. */
function startsSigned(text: string, at: number, before: Token | undefined): boolean {
  const character = text[at] ?? '';
  if (character !== '-' && character !== '+' && character !== '.') return false;
  const joined = before !== undefined && (before.kind === 'word' || before.kind === 'number');
  if (joined) return false;
  const next = text[at + 1];
  if (isDigit(next)) return true;
  if (character === '.') return false;
  return (
    (next === '.' && isDigit(text[at + 2])) || /^(?:nan|inf)/i.test(text.slice(at + 1, at + 4))
  );
}

function numberAt(text: string, at: number): Token {
  const chain = matchAt(CHAIN, text, at) || matchAt(DATE, text, at);
  if (chain !== '') return plain('other', at, chain + matchAt(TAIL, text, at + chain.length));
  const commaForm = commaNumberAt(text, at);
  if (commaForm) return commaForm;
  const found = matchAt(FORM, text, at);
  const value = parseNumber(found);
  const tail = matchAt(TAIL, text, at + found.length);
  if (value === null || HASH_LIKE.test(found) || !isUnit(tail) || tail === 'f')
    return plain('other', at, (found || (text[at] ?? '')) + tail);
  return { kind: 'number', text: found, at, value, unit: tail, comma: 'none' };
}

/** Letters, digits and a per cent sign right after a number. */
const TAIL = /%|[\p{L}_][\p{L}\d_]*(?:\/[\p{L}]+)?|#\w*/uy;
/** `3.5GB`, `12th`, `7epoch`: a unit; `5a3f`, `0x3f`: a part of something else. */
const isUnit = (tail: string): boolean => /^(?:%|[\p{L}_/]*)$/u.test(tail) && tail.length < 16;

function commaNumberAt(text: string, at: number): Token | null {
  const grouped = matchAt(GROUPED, text, at);
  const found = grouped === '' ? matchAt(DECIMAL_COMMA, text, at) : grouped;
  if (found === '') return null;
  const tail = matchAt(TAIL, text, at + found.length);
  const whole = found.replaceAll(',', '');
  const isDecimal = grouped === '' || found.startsWith('0');
  const value = Number(isDecimal ? found.replace(',', '.') : whole);
  const once = found.indexOf(',') === found.lastIndexOf(',') && !found.includes('.');
  const comma = isDecimal ? 'decimal' : once ? 'either' : 'thousands';
  return { kind: 'number', text: found, at, value, unit: isUnit(tail) ? tail : '', comma };
}

const INNER = /[\p{L}\p{M}\d_]/u;

/** A name: letters and digits, and between them the signs that names have inside. */
function wordAt(text: string, at: number): Token {
  let end = at + 1;
  while (end < text.length && goesOn(text, end)) end += 1;
  const word = text.slice(at, end);
  const value = /^[-+]?(?:nan|inf|infinity)$/i.test(word) ? parseNumber(word) : null;
  if (value !== null) return { kind: 'number', text: word, at, value, unit: '', comma: 'none' };
  const isShare = /^\/\d/.test(text.slice(end, end + 2));
  const numbered = NUMBERED_COUNTER.exec(word) ?? (isShare ? NUMBERED_LETTER.exec(word) : null);
  return plain('word', at, numbered?.[1] ?? word);
}

/** `epoch12`, `iter100`: a counter and its number. */
const NUMBERED_COUNTER = /^(epoch|ep|step|iter|iteration|round)\d+$/i;
/** `E100/500` */
const NUMBERED_LETTER = /^([ei])\d+$/i;

function goesOn(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (WIDE_SIGNS.includes(character)) return false;
  return INNER.test(character) || isJoined(text, at);
}

/** A sign inside a name. */
function isJoined(text: string, at: number): boolean {
  const [before = '', character = '', next = ''] = [text[at - 1], text[at], text[at + 1]];
  if (character === '@') return next !== '' && !/[\s:=]/.test(next);
  if (character === ':') return isDigit(before) && /^0?\./.test(text.slice(at + 1, at + 3));
  if (!'/.-'.includes(character)) return false;
  if (/\p{L}/u.test(next)) return true;
  return isDigit(next) && (MAY_PRECEDE[character]?.test(before) === true || isNumbered(text, at));
}

/** `BLEU-1 71.65`, `ROUGE-2: 0.3`: a dash and digits behind a word, and then its value. */
const isNumbered = (text: string, at: number): boolean =>
  /[A-Z]{2}$|(?:top|rank)$/.test(text.slice(Math.max(0, at - 4), at)) &&
  NUMBERED.test(text.slice(at, at + 24));
const NUMBERED = /^-\d{1,2}(?:\s{0,3}[:=]\s{0,3}|\s)[-+]?\d/;

/** What may stand before a sign inside a name that a digit follows: `mAP@.5`, `mAP50-95`. */
const MAY_PRECEDE: Readonly<Record<string, RegExp>> = { '.': /[\d@:]/, '-': /\d/ };
