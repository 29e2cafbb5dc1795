import type { StartLanguage } from '../baseBuilder.ts';

/** TypeScript whose types stand between `«` and `»`; JavaScript is the same without them. */
export const javaScriptOf = (marked: string, language: StartLanguage): string =>
  language === 'typescript'
    ? marked.replaceAll(/«([^»]*)»/g, '$1')
    : marked.replaceAll(/«[^»]*»/g, '');

/** A value as JavaScript writes it, texts in single quotes where they hold none. */
export function javaScriptValue(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `[${value.map(javaScriptValue).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([name, each]) => `${name}: ${javaScriptValue(each)}`);
  return `{ ${entries.join(', ')} }`;
}

/** A name as an object has it. */
export const javaScriptKey = (name: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${quoted(name)}]`;

const quoted = (text: string): string =>
  /['\\\n\r\u2028\u2029]/.test(text) ? JSON.stringify(text) : `'${text}'`;

/** A value as Python writes it. */
export function pythonValue(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`;
  if (typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}: ${pythonValue(each)}`,
  );
  return `{${entries.join(', ')}}`;
}

/** Each value on a line of its own, so that a person finds a column. */
export const inLines = (lines: readonly string[], indent: string): string =>
  lines.map((line) => `\n${indent}${line},`).join('') + (lines.length > 0 ? '\n' : '');

/** Figures that matter of a number that is written into a module. */
export const rounded = (value: number): number => Number(value.toPrecision(6));
