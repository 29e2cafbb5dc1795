/** A number of a log that a person may name, with the words before it. */
export interface NamelessNumber {
  readonly label: string;
  /** 0-based. */
  readonly line: number;
  readonly offset: number;
}

const NUMBER = /(?<![\w.])[-+]?\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w.]*\w)/gi;
/** So many signs before a number tell which one it is. */
const MOST_LABEL = 40;

/** The numbers of the kind of lines that comes most often, from the first of them. */
export function numbersToName(text: string): readonly NamelessNumber[] {
  const lines = text.split(/\r\n|\r|\n/);
  const counts = new Map<string, { readonly line: number; count: number }>();
  lines.forEach((content, line) => {
    const shape = content.replaceAll(NUMBER, '#');
    if (!shape.includes('#')) return;
    const seen = counts.get(shape) ?? { line, count: 0 };
    counts.set(shape, seen);
    seen.count += 1;
  });
  const [most] = [...counts.values()].toSorted((a, b) => b.count - a.count);
  return most ? numbersIn(lines[most.line] ?? '', most.line) : [];
}

function numbersIn(content: string, line: number): NamelessNumber[] {
  let end = 0;
  return [...content.matchAll(NUMBER)].map((match) => {
    const words = content.slice(end, match.index).replace(/^[\s,;:|\])}]+/, '');
    end = match.index + match[0].length;
    return { label: `${words.slice(-MOST_LABEL)}${match[0]}`, line, offset: match.index };
  });
}
