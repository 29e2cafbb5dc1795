import type { Compressed, Smaller } from '../loop/compress/smaller.ts';

/** The JSON form of what was tried to make an attempt smaller. */
export const compressDocument = (
  attempt: string,
  { metric, margin, seeds, original, tried, best, confirmed }: Compressed,
) => ({
  attempt,
  metric,
  margin,
  seeds: [...seeds],
  original: { ...original, measures: { ...original.measures } },
  tried: tried.map(smallerDocument),
  best: best && smallerDocument(best),
  confirmed,
});

const smallerDocument = ({ trials, verdict, ...own }: Smaller) => ({
  ...own,
  measures: { ...own.measures },
  verdict: verdict.kind,
  text: verdict.text,
});
