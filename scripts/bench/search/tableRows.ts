import type { Row } from '../row.ts';
import { incumbents, mean, median, TableGame } from './play.ts';
import { nasBench201, nasBenchMacro, type Table } from './tables.ts';

const SEEDS = Array.from({ length: 21 }, (_, index) => index + 1);
const LONGEST = 150;

type TableRun = ReturnType<TableGame['search']>;

/** Public tables, each played by all methods with the same seeds; absent ones are said. */
export async function tableRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const data of ['cifar10', 'cifar100', 'imagenet'] as const)
    rows.push(...(await rowsOf(`NAS-Bench-201 ${data}`, () => nasBench201(data), reachRow)));
  rows.push(...(await rowsOf('NAS-Bench-Macro', nasBenchMacro, macroRows)));
  return rows;
}

async function rowsOf(
  name: string,
  read: () => Promise<Table>,
  play: (table: Table) => readonly Row[],
): Promise<readonly Row[]> {
  try {
    return play(await read());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const measured = `the table cannot be had: ${why}`;
    return [{ figure: name, goal: 'played', measured, ratio: '–', met: false }];
  }
}

/** Evaluations to the mean test accuracy of regularised evolution at 150. */
function reachRow(table: Table): readonly Row[] {
  const game = new TableGame(table);
  const evolved = SEEDS.map((seed) => incumbents(game.evolve(LONGEST, seed)));
  const target = mean(evolved.map((course) => course.at(-1) ?? NaN));
  const needed = (course: readonly number[]): number => {
    const place = course.findIndex((test) => test >= target);
    return place === -1 ? Infinity : place + 1;
  };
  const isThere = (played: TableRun): boolean => (incumbents(played).at(-1) ?? 0) >= target;
  const own = SEEDS.map((seed) => needed(incumbents(game.search(LONGEST, seed, isThere))));
  const other = median(evolved.map(needed));
  return [
    {
      figure: `${table.name}: evaluations to ${target.toFixed(2)} %`,
      goal: '≤ 25 (median)',
      measured: `${median(own)}, regularised evolution ${other} (${SEEDS.length} seeds)`,
      ratio: (other / median(own)).toFixed(1),
      met: median(own) <= 25,
    },
  ];
}

function macroRows(table: Table): readonly Row[] {
  const game = new TableGame(table);
  const ranked = table.entries.map(({ seen }) => seen).toSorted((a, b) => b - a);
  const rankOf = (seen: number): number => ranked.indexOf(seen) + 1;
  const played = SEEDS.map((seed) => game.search(40, seed).map(({ seen }) => rankOf(seen)));
  const after = (queries: number): readonly number[] =>
    played.map((ranks) => Math.min(...ranks.slice(0, queries)));
  const evolved = SEEDS.map((seed) =>
    Math.min(...game.evolve(10, seed).map(({ seen }) => rankOf(seen))),
  );
  const top = after(40).filter((rank) => rank <= 3).length / SEEDS.length;
  return [
    {
      figure: `${table.name}: rank after 10 queries`,
      goal: '≤ 8 of 6,561 (median)',
      measured: `${median(after(10))}, regularised evolution ${median(evolved)}`,
      ratio: (median(evolved) / median(after(10))).toFixed(1),
      met: median(after(10)) <= 8,
    },
    {
      figure: `${table.name}: among the best three within 40`,
      goal: '≥ 95 % of seeds',
      measured: `${Math.round(100 * top)} % of ${SEEDS.length}`,
      ratio: '–',
      met: top >= 0.95,
    },
  ];
}
