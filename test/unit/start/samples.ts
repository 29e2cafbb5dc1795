import type { TableSample, TextSample } from '../../../src/propose/start/sample.ts';

/** Numbers between 0 and 1 that are the same each time. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
}

/** A table as it is read from a file. */
export const table = (
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  more: Partial<TableSample> = {},
): TableSample => ({
  kind: 'table',
  path: '/data/table.csv',
  bytes: 1000,
  isWhole: true,
  separator: ',',
  encoding: 'utf-8',
  hasHeading: true,
  columns,
  rows,
  rowCount: rows.length,
  unfit: 0,
  ...more,
});

/** Houses: numbers, a category, a date, and a price that follows from them. */
export function houses(count = 200): TableSample {
  const random = randomFrom(3);
  const rows = Array.from({ length: count }, (_, row) => {
    const area = 40 + 160 * random();
    const city = ['Rome', 'Oslo', 'Bonn'][Math.floor(random() * 3)] ?? '';
    const price = area * 3 + (city === 'Oslo' ? 200 : 0) + 20 * random();
    const day = 1 + Math.floor(random() * 28);
    return [
      String(row + 1),
      area.toFixed(1),
      row % 9 === 0 ? '' : String(1 + Math.floor(random() * 5)),
      city,
      `20${10 + (row % 10)}-03-${String(day).padStart(2, '0')}`,
      'EUR',
      price.toFixed(2),
      (price * 1.1).toFixed(3),
    ];
  });
  return table(['id', 'area', 'rooms', 'city', 'built', 'unit', 'price', 'in dollars'], rows);
}

/** Days in their order, with a season of a week. */
export function days(count = 160): TableSample {
  const random = randomFrom(5);
  const start = Date.UTC(2024, 0, 1);
  const rows = Array.from({ length: count }, (_, day) => [
    new Date(start + day * 86_400_000).toISOString().slice(0, 10),
    (10 + 5 * Math.sin((2 * Math.PI * day) / 7) + random()).toFixed(3),
    random().toFixed(3),
  ]);
  return table(['day', 'sold', 'rain'], rows);
}

/** Pictures of eight by eight points with a bright half. */
export function pictures(count = 120): TableSample {
  const random = randomFrom(7);
  const rows = Array.from({ length: count }, (_, row) => [
    ...Array.from({ length: 64 }, (_, at) => {
      const isLit = row % 2 === 0 ? at % 8 < 4 : at < 32;
      return ((isLit ? 10 : 1) + random()).toFixed(2);
    }),
    row % 2 === 0 ? 'left' : 'top',
  ]);
  return table([...Array.from({ length: 64 }, (_, at) => `p${at}`), 'side'], rows);
}

/** Sentences with a word that tells. */
export function sentences(count = 120): TableSample {
  const random = randomFrom(9);
  const filler = 'the film was a long story of people in some town with rain and music'.split(' ');
  const rows = Array.from({ length: count }, (_, row) => {
    const words = Array.from(
      { length: 6 },
      () => filler[Math.floor(random() * filler.length)] ?? '',
    );
    words[Math.floor(random() * 6)] = row % 2 === 0 ? 'great' : 'awful';
    return [words.join(' '), row % 2 === 0 ? 'good' : 'bad'];
  });
  return table(['said', 'class'], rows);
}

/** A text by itself. */
export const story = (): TextSample => {
  const random = randomFrom(11);
  const words = 'the small cat sat on a red mat and saw the dog run over green hills'.split(' ');
  const text = Array.from(
    { length: 1500 },
    () => words[Math.floor(random() * words.length)] ?? '',
  ).join(' ');
  return {
    kind: 'text',
    path: '/data/story.txt',
    bytes: text.length,
    isWhole: true,
    encoding: 'utf-8',
    text,
  };
};
