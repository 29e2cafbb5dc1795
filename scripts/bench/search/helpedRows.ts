import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Row } from '../row.ts';
import { incumbents, mean, TableGame } from './play.ts';
import { evaluationsOf, LONGEST, SEEDS, targetOf } from './reach.ts';
import type { Table } from './tables.ts';

/** So many of what was best on the other tables are tried first. */
const LENT = 3;

/** What was best on the other two data sets is tried first; the one searched is held out. */
export function transferRows(tables: readonly Table[]): readonly Row[] {
  const games = tables.map((table) => new TableGame(table));
  return games.map((game, place) => {
    const { target, evolved } = targetOf(game);
    const others = games.filter((other) => other !== game);
    const own = evaluationsOf(game, target, { portfolio: bestTogether(others) });
    return {
      figure: `${tables[place]?.name ?? ''}: evaluations to ${target.toFixed(2)} % with transfer`,
      goal: '≤ 3 (median)',
      measured: `${own}, regularised evolution ${evolved}`,
      ratio: (evolved / own).toFixed(1),
      met: own <= 3,
    };
  });
}

/** By the sum of their ranks in all tables. */
function bestTogether(games: readonly TableGame[]) {
  const ranks = new Map<
    string,
    { rank: number; values: (typeof games)[0]['ranked'][0]['values'] }
  >();
  for (const game of games)
    for (const [place, { values }] of game.ranked.entries()) {
      const key = game.space.keyOf(values);
      ranks.set(key, { rank: (ranks.get(key)?.rank ?? 0) + place, values });
    }
  return [...ranks.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, LENT)
    .map(({ values }) => values);
}

/** A scripted partner that suggests beside the searcher, as a language model would. */
const PARTNER = 'partner';
const EARLY = 40;
/** What the one that knows suggests, in any order. */
const BEST = 20;

/** One that knows, and one that means harm. */
export function partnerRows([table]: readonly Table[]): readonly Row[] {
  if (!table) return [];
  const game = new TableGame(table);
  const { target } = targetOf(game);
  const { ranked } = game;
  const some = ranked.length / 100;
  const alone = evaluationsOf(game, target);
  const helped = evaluationsOf(game, target, partner(ranked.slice(0, BEST)));
  return [
    {
      figure: `${table.name}: evaluations with a partner that knows the best ${BEST}`,
      goal: '≥ 1.5 times fewer',
      measured: `${helped}, alone ${alone}`,
      ratio: (alone / helped).toFixed(1),
      met: alone / helped >= 1.5,
    },
    harmRow(game, table.name, partner(ranked.slice(-10 * some))),
  ];
}

const partner = (suggested: TableGame['ranked'], random = seededRandom(7)) => ({
  sources: {
    [PARTNER]: () => suggested[Math.floor(random.next() * suggested.length)]?.values ?? null,
  },
});

function harmRow(game: TableGame, name: string, harm: ReturnType<typeof partner>): Row {
  const [own, harmed] = [{}, harm].map((how) =>
    SEEDS.map((seed) => game.search(LONGEST, seed, how)),
  );
  const final = (runs: typeof own = []): number =>
    mean(runs.map((played) => incumbents(played).at(-1) ?? NaN));
  const late = (harmed ?? []).flatMap((played) => played.slice(EARLY));
  const share = (100 * late.filter(({ by }) => by === PARTNER).length) / late.length;
  const cost = (100 * (final(own) - final(harmed))) / final(own);
  return {
    figure: `${name}: a partner that suggests the worst 10 %, after ${EARLY} trials`,
    goal: '< 5 % of them, ≤ 2 % of the result',
    measured: `${share.toFixed(1)} % of them, ${cost.toFixed(2)} % of the result`,
    ratio: '–',
    met: share < 5 && cost <= 2,
  };
}
