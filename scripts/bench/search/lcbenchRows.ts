import type { Configuration } from '../../../src/search/space/dimension.ts';
import { Space } from '../../../src/search/space/space.ts';
import { Halving } from '../../../src/search/sweep/halving.ts';
import { SweepSearcher } from '../../../src/search/sweep/sweepSearcher.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Row } from '../row.ts';
import { DIMENSIONS, openLcbench, TASKS, WHOLE, type Known, type Lcbench } from './lcbench.ts';
import { mean } from './play.ts';

const space = new Space(DIMENSIONS);
const SEED = 1;
/** Starting configurations of a portfolio. */
const STARTS = 24;
/** Whole trainings after which it is looked at: what is best of those that came to their end. */
const BUDGETS = [1, 25] as const;
const GOALS = [0.1, 0.02] as const;
/** Whole trainings that Optuna's TPE has. */
const TPE_TRIALS = 100;

/**
 * Each data set of LCBench held out in turn: the portfolio is learned from the others, the search
 * stops what falls behind, and time is counted in epochs. Regret is what is missing to the best
 * known, as a share of what lies between that and the median of chance.
 */
export async function lcbenchRows(): Promise<readonly Row[]> {
  try {
    const lcbench = await openLcbench();
    try {
      return await rowsOf(lcbench);
    } finally {
      lcbench.close();
    }
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const measured = `the surrogate cannot be had: ${why}`;
    return [{ figure: 'LCBench', goal: 'played', measured, ratio: '–', met: false }];
  }
}

async function rowsOf(lcbench: Lcbench): Promise<readonly Row[]> {
  const tasks = await readTasks(lcbench);
  const own: (readonly number[])[] = [];
  const others: number[] = [];
  for (const task of tasks) {
    const starts = portfolioWithout(task, tasks);
    own.push((await searched(task, starts, lcbench)).map((value) => regret(value, task)));
    const tpe = await lcbench.tpe(task.name, TPE_TRIALS, SEED);
    others.push(regret(tpe.at(-1) ?? NaN, task));
  }
  const other = mean(others);
  const single = bestSingle(tasks);
  return BUDGETS.map((budget, place) => {
    const value = mean(own.map((regrets) => regrets[place] ?? NaN));
    const goal = GOALS[place] ?? NaN;
    const bound = budget === 1 ? `, any one configuration at best ${single.toFixed(3)}` : '';
    return {
      figure: `LCBench, ${tasks.length} tasks held out: regret after ${budget} of whole trainings`,
      goal: `≤ ${goal}`,
      measured:
        `${value.toFixed(3)}${bound}, ` + `Optuna's TPE after ${TPE_TRIALS}: ${other.toFixed(3)}`,
      ratio: (other / value).toFixed(1),
      met: value <= goal,
    };
  });
}

/**
 * What the one configuration comes to that is best for all data sets together, none held out: the
 * least that the first whole training can miss where nothing is known of its data set.
 */
const bestSingle = (tasks: readonly Task[]): number =>
  Math.min(
    ...(tasks[0]?.candidates ?? []).map((_, place) =>
      mean(tasks.map(({ candidates }) => candidates[place]?.regret ?? NaN)),
    ),
  );

/** A data set, and what the candidates for a portfolio come to on it. */
interface Task extends Known {
  readonly name: string;
  readonly candidates: readonly {
    readonly from: string;
    readonly values: Configuration;
    readonly regret: number;
  }[];
}

const regret = (value: number, { best, median }: Known): number =>
  Math.max(0, best - value) / (best - median);

/** What is best on each task is a candidate for all others. */
async function readTasks(lcbench: Lcbench): Promise<readonly Task[]> {
  const known = new Map<string, Known>();
  for (const name of TASKS) known.set(name, await lcbench.known(name));
  const points = [...known].flatMap(([from, { points: best }]) =>
    best.map((point) => ({ from, values: configurationOf(point) })),
  );
  const tasks: Task[] = [];
  for (const [name, own] of known) {
    const all = points.map(({ values }) => values);
    const curves = await lcbench.curves(name, all, [WHOLE]);
    const candidates = points.map((point, index) => ({
      ...point,
      regret: regret(curves[index]?.[0] ?? NaN, own),
    }));
    tasks.push({ ...own, name, candidates });
  }
  return tasks;
}

const configurationOf = (point: readonly number[]): Configuration =>
  Object.fromEntries(DIMENSIONS.map(({ name, initial }, index) => [name, point[index] ?? initial]));

/** Greedily: each start brings most to the mean of what the best so far misses on the others. */
function portfolioWithout(task: Task, tasks: readonly Task[]): readonly Configuration[] {
  const others = tasks.filter((other) => other !== task);
  const places = task.candidates.flatMap(({ from }, place) => (from === task.name ? [] : [place]));
  const missing = others.map(() => Infinity);
  return Array.from({ length: STARTS }, () => {
    const costOf = (place: number): number =>
      mean(others.map((other, index) => missedWith(other, place, missing[index] ?? Infinity)));
    const chosen = places.reduce((best, place) => (costOf(place) < costOf(best) ? place : best));
    for (const [index, other] of others.entries())
      missing[index] = missedWith(other, chosen, missing[index] ?? Infinity);
    return task.candidates[chosen]?.values ?? space.start;
  });
}

const missedWith = ({ candidates }: Task, place: number, before: number): number =>
  Math.min(before, candidates[place]?.regret ?? Infinity);

/** The best accuracy of a whole run once so many whole trainings are spent, in epochs. */
async function searched(
  { name }: Task,
  portfolio: readonly Configuration[],
  lcbench: Lcbench,
): Promise<readonly number[]> {
  const searcher = new SweepSearcher(space, { portfolio, random: seededRandom(SEED) });
  const halving = new Halving(WHOLE);
  const looked = [...halving.rungs, WHOLE];
  const next = async (): Promise<{ readonly epochs: number; readonly value: number }> => {
    const asked = searcher.ask();
    if (!asked) throw new Error('The searcher has nothing left.');
    const [curve = []] = await lcbench.curves(name, [asked.values], looked);
    const { epochs, value } = trainedBy(halving, curve, looked);
    searcher.tell({ ...asked, epochs, score: -value });
    return { epochs, value };
  };
  const found: number[] = [];
  let [spent, best] = [0, -Infinity];
  for (const budget of BUDGETS) {
    while (spent < budget * WHOLE) {
      const { epochs, value } = await next();
      spent += epochs;
      if (epochs === WHOLE) best = Math.max(best, value);
    }
    found.push(best);
  }
  return found;
}

/** How far a run with this curve goes, and what it came to there. */
function trainedBy(
  halving: Halving,
  curve: readonly number[],
  looked: readonly number[],
): { readonly epochs: number; readonly value: number } {
  const end = looked.findIndex(
    (epoch, index) => epoch === WHOLE || halving.arrive(epoch, -(curve[index] ?? 0)) === 'ends',
  );
  return { epochs: looked[end] ?? WHOLE, value: curve[end] ?? NaN };
}
