/** What a configuration came to, and how large it is. */
interface Weighed {
  /** Below is better. */
  readonly score: number;
  readonly parameters: number | null;
}

/** Those that nothing beats in both score and size: the smallest first. */
export function paretoFront<Item extends Weighed>(items: readonly Item[]): readonly Item[] {
  const sized = items
    .filter(({ parameters }) => parameters !== null)
    .toSorted((a, b) => (a.parameters ?? 0) - (b.parameters ?? 0) || a.score - b.score);
  let best = Infinity;
  return sized.filter(({ score }) => {
    const isOn = score < best;
    best = Math.min(best, score);
    return isOn;
  });
}
