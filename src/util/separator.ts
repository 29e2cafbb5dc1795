/** How lines are cut into cells; quotes are minded in all of them. */
const SEPARATORS = [',', ';', '\t', '|', ' '];

/** So many lines say what separates: a comma within one heading decides nothing. */
const LOOKED_AT = 20;

/** The separator by which the heading and most of the first lines have as many cells. */
export function separatorOf(text: string): string {
  const bare = text.slice(0, 100_000).replaceAll(/"[^"]*"/g, '""');
  const lines = bare.split(/[\r\n]+/).filter((line) => line.trim() !== '');
  const looked = lines.slice(0, LOOKED_AT);
  return SEPARATORS.map((separator) => ({ separator, fit: fitOf(looked, separator) })).reduce(
    (best, other) => (other.fit > best.fit ? other : best),
  ).separator;
}

/** Cells of the heading, weighed by how many lines have as many; 0 where it is one cell. */
function fitOf(lines: readonly string[], separator: string): number {
  const counts = lines.map((line) => line.split(separator).length);
  const [heading = 1] = counts;
  const share = counts.filter((count) => count === heading).length / Math.max(counts.length, 1);
  return heading > 1 ? heading * share ** 2 : 0;
}
