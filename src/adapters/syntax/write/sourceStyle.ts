import type { Reading } from '../read/reading.ts';
import { lineStart } from './patch.ts';

/** How the surrounding code is written, so that what is added looks the same. */
export interface SourceStyle {
  readonly quote: "'" | '"';
  /** `;` or nothing. */
  readonly semicolon: string;
  /** One step of indentation. */
  readonly indent: string;
  /** `{ a: 1 }` rather than `{a: 1}`. */
  readonly spaced: boolean;
  readonly trailingComma: boolean;
}

/** Reads the style off the builder. */
export function styleOf({ module, builder }: Reading): SourceStyle {
  const source = module.text.slice(builder.span.start, builder.span.end);
  return {
    quote: count(source, /'[^'\n]*'/g) >= count(source, /"[^"\n]*"/g) ? "'" : '"',
    semicolon:
      count(source, /;[ \t]*\r?$/gm) > 0 || count(module.text, /;[ \t]*\r?$/gm) > 0 ? ';' : '',
    indent: indentStep(
      module.text.slice(lineStart(module.text, builder.span.start), builder.span.end),
    ),
    spaced: count(source, /\{\w/g) <= count(source, /\{ \w/g),
    trailingComma:
      count(source, /,\s*\n\s*[}\])]/g) >= count(source, /[\w'")}\]]\s*\n\s*[}\])]+[,)]/g),
  };
}

const count = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/**
 * The smallest difference between the indentation of a line and that of the line that opens its
 * block.
 */
function indentStep(source: string): string {
  const opened = /^([\t ]*)\S.*[{([]\s*\n([\t ]+)\S/m.exec(source);
  const [outer, inner] = [opened?.[1] ?? '', opened?.[2] ?? ''];
  return inner.length > outer.length ? inner.slice(outer.length) : '  ';
}
