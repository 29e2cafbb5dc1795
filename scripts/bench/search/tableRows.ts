import type { Row } from '../row.ts';
import { median, TableGame } from './play.ts';
import { evaluationsOf, SEEDS, targetOf } from './reach.ts';
import { partnerRows, transferRows } from './helpedRows.ts';
import { nasBench201, nasBenches, nasBenchMacro, type Table } from './tables.ts';

/** Public tables, each played by all methods with the same seeds; absent ones are said. */
export async function tableRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const data of ['cifar10', 'cifar100', 'imagenet'] as const)
    rows.push(...(await rowsOf(`NAS-Bench-201 ${data}`, () => nasBench201(data), reachRow)));
  rows.push(...(await rowsOf('NAS-Bench-201 with transfer', nasBenches, transferRows)));
  rows.push(...(await rowsOf('A partner on NAS-Bench-201', nasBenches, partnerRows)));
  rows.push(...(await rowsOf('NAS-Bench-Macro', nasBenchMacro, macroRows)));
  return rows;
}

/** Evaluations to the mean test accuracy of regularised evolution at 150. */
function reachRow(table: Table): readonly Row[] {
  const game = new TableGame(table);
  const { target, evolved } = targetOf(game);
  const own = evaluationsOf(game, target);
  return [
    {
      figure: `${table.name}: evaluations to ${target.toFixed(2)} %`,
      goal: '≤ 25 (median)',
      measured: `${own}, regularised evolution ${evolved} (${SEEDS.length} seeds)`,
      ratio: (evolved / own).toFixed(1),
      met: own <= 25,
    },
  ];
}

async function rowsOf<Tables>(
  name: string,
  read: () => Promise<Tables>,
  play: (tables: Tables) => readonly Row[],
): Promise<readonly Row[]> {
  try {
    return play(await read());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const measured = `the table cannot be had: ${why}`;
    return [{ figure: name, goal: 'played', measured, ratio: '–', met: false }];
  }
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
