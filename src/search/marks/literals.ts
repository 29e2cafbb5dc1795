/** A number, string or word such as `true` that stands in a line of code. */
export interface Literal {
  /** UTF-16 offset in the line. */
  readonly start: number;
  readonly text: string;
  /** What it is given to: a variable, an argument, or the function it is handed to; empty: none. */
  readonly key: string;
  readonly isNumber: boolean;
}

const STRING = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/;
const NUMBER =
  /(?<![\w$.])(?:(?<=[=(,:[{]\s*)-)?(?:\d[\d_]*\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w$])/;
const WORD = /\b(?:true|false|null|True|False|None)\b/;
const LITERAL = new RegExp(`(${STRING.source})|(${NUMBER.source})|${WORD.source}`, 'g');

/** All of a line of code, from left to right; the same for every language that is read. */
export const literalsIn = (code: string): readonly Literal[] =>
  [...code.matchAll(LITERAL)].map(({ index, 0: text, 2: number }) => ({
    start: index,
    text,
    key: keyBefore(code.slice(0, index)),
    isNumber: number !== undefined,
  }));

const NAME = String.raw`(?<key>[A-Za-z_$][\w$]*)`;
/** `units: 32`, `units=32`, `const UNITS: number = 32`, `Dense(32)`. */
const KEYS = [
  new RegExp(String.raw`${NAME}\s*(?::\s*[\w.<>[\]| ]+)?=\s*$`),
  new RegExp(String.raw`${NAME}['"]?\s*:\s*$`),
  new RegExp(String.raw`${NAME}\s*\(\s*$`),
];

function keyBefore(code: string): string {
  for (const pattern of KEYS) {
    const key = pattern.exec(code)?.groups?.['key'];
    if (key !== undefined) return key;
  }
  return '';
}

/** Strings, which may hold what looks like a mark, and the comment that is one. */
const MARK = new RegExp(
  `${STRING.source}|(?<sign>//|#|/\\*)\\s*cortex:(?!\\s*(?:begin|end)\\b)`,
  'g',
);
const NO_CODE = /^\s*(?:$|\/\/|#|\/?\*)/;

/** A line as its code and what its mark says; `null` where it has none. */
export function partsOf(line: string): { readonly code: string; readonly says: string | null } {
  for (const { index, 0: found, groups } of line.matchAll(MARK)) {
    if (groups?.['sign'] === undefined) continue;
    const says = line.slice(index + found.length).replace(/\*\/.*$/, '');
    return { code: line.slice(0, index), says: says.trim() };
  }
  return { code: NO_CODE.test(line) ? '' : line, says: null };
}
