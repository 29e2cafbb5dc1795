import type { Builder } from '../../model/architecture.ts';

/**
 * Writes helper source right above the builder and the comment that belongs to it, in the order
 * given.
 */
export function insertHelpers(text: string, builder: Builder, helpers: readonly string[]): string {
  if (helpers.length === 0) return text;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const at = aboveComment(text, builder.range.start);
  const before = text.slice(0, at);
  const gap = before.trim() === '' || /\n\r?\n$/.test(before) ? '' : eol;
  const source = helpers.map((helper) => helper.trim().replaceAll(/\r?\n/g, eol)).join(eol + eol);
  return `${before}${gap}${source}${eol}${eol}${text.slice(at)}`;
}

/** The start of the builder's line, or of the comment lines and decorators that touch it. */
function aboveComment(text: string, start: number): number {
  let at = text.lastIndexOf('\n', start - 1) + 1;
  while (at > 0) {
    const previous = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^\s*(\/\/|\/\*|\*|@)/.test(text.slice(previous, at))) break;
    at = previous;
  }
  return at === 0 && text.startsWith('\uFEFF') ? 1 : at;
}
