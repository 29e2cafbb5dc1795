/**
 * Tokens of a text, rounded up: three characters each, which over-counts English prose and is about
 * right for code.
 */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 3);

/** A section of a prompt whose content is data: it cannot close its own frame. */
export function quoteData(name: string, content: string): string {
  const harmless = content.replaceAll(new RegExp(`</?${name}\\b`, 'gi'), (tag) =>
    tag.replace('<', '‹'),
  );
  return `<${name}>\n${harmless}\n</${name}>`;
}

/** One line, at most `length` characters: titles and log text come from elsewhere. */
export function oneLine(text: string, length: number): string {
  const flat = text.replaceAll(/\s+/g, ' ').trim();
  return flat.length > length ? `${flat.slice(0, length - 1)}…` : flat;
}

/** As many of the lines as fit into `length` characters, the middle left out and said so. */
export function fitLines(lines: readonly string[], length: number): readonly string[] {
  const sizes = lines.map((line) => line.length + 1);
  if (sizes.reduce((sum, size) => sum + size, 0) <= length) return lines;
  const room = length - 40;
  const head = countThatFit(sizes, room * 0.7);
  const tail = countThatFit(sizes.slice(head).toReversed(), room * 0.3);
  const left = lines.length - head - tail;
  return [
    ...lines.slice(0, head),
    `… ${left} lines left out …`,
    ...(tail > 0 ? lines.slice(-tail) : []),
  ];
}

function countThatFit(sizes: readonly number[], room: number): number {
  let used = 0;
  const end = sizes.findIndex((size) => (used += size) > room);
  return end < 0 ? sizes.length : end;
}
