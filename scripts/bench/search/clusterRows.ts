import type { Dimension } from '../../../src/search/space/dimension.ts';
import { Space } from '../../../src/search/space/space.ts';
import { Halving } from '../../../src/search/sweep/halving.ts';
import { SweepSearcher } from '../../../src/search/sweep/sweepSearcher.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import type { Row } from '../row.ts';

const NUMBERS = Array.from({ length: 10 }, (_, index): Dimension => {
  const range = { low: 1e-4, high: 1, log: true, initial: 1e-2 } as const;
  return { kind: 'real', name: `number ${index}`, ...range };
});
const CHOICES = Array.from({ length: 20 }, (_, index): Dimension => {
  const choices = ['as it is', ...['a', 'b', 'c'].map((use) => `${use}${index}`)];
  return { kind: 'categorical', name: `choice ${index}`, choices, initial: 'as it is', rest: 0.9 };
});
/** As wide as that of a real builder. */
const space = new Space([...NUMBERS, ...CHOICES]);

const qualityOf = (values: Readonly<Record<string, unknown>>): number =>
  NUMBERS.reduce((sum, { name }) => sum + Math.log10(Number(values[name]) / 0.03) ** 2, 0);

const EPOCHS = 40;
const VIRTUAL_SECONDS = 120;
const WORKERS = 64;
const TRIALS = 10_000;
const ASKED = 40;

/** What a searcher takes by itself, and what workers it keeps busy. */
export function clusterRows(): readonly Row[] {
  return [ownTimeRow(), scalingRow()];
}

function ownTimeRow(): Row {
  const searcher = new SweepSearcher(space, { portfolio: [space.start], random: seededRandom(1) });
  const random = seededRandom(2);
  for (let trial = 0; trial < TRIALS; trial += 1) {
    const values = space.draw(random);
    searcher.tell({ values, by: 'chance', epochs: 4, score: qualityOf(values) });
  }
  const started = process.cpuUsage();
  for (let trial = 0; trial < ASKED; trial += 1) {
    const asked = searcher.ask();
    if (asked) searcher.tell({ ...asked, epochs: 4, score: qualityOf(asked.values) });
  }
  const { user, system } = process.cpuUsage(started);
  const each = (user + system) / 1000 / ASKED;
  return {
    figure: `own time of a searcher after ${TRIALS.toLocaleString('en-US')} trials`,
    goal: '≤ 10 ms: 1 % of a run of 1 s',
    measured: `${each.toFixed(1)} ms of a processor a trial`,
    ratio: '–',
    met: each <= 10,
  };
}

function scalingRow(): Row {
  const [one, many] = [simulate(1), simulate(WORKERS)];
  return {
    figure: `busy time of ${WORKERS} simulated workers, own time of the searcher included`,
    goal: '≥ 55 times one worker',
    measured: `${many.finished} trainings in ${VIRTUAL_SECONDS} s, one worker ${one.finished}`,
    ratio: (many.busy / one.busy).toFixed(1),
    met: many.busy / one.busy >= 55,
  };
}

interface Simulated {
  readonly finished: number;
  /** Seconds in which a worker trained, of all of them. */
  readonly busy: number;
}

/**
 * Workers on a clock of their own: an epoch takes a second or so by its width; the searcher thinks
 * in real time, and all workers that ask wait for it one after the other.
 */
function simulate(workers: number): Simulated {
  const searcher = new SweepSearcher(space, { portfolio: [space.start], random: seededRandom(1) });
  const halving = new Halving(EPOCHS);
  const free = Array.from({ length: workers }, () => 0);
  let [thinking, finished, busy] = [0, 0, 0];
  for (;;) {
    const now = Math.min(...free);
    if (now >= VIRTUAL_SECONDS) return { finished, busy };
    const began = performance.now();
    const asked = searcher.ask();
    if (!asked) return { finished, busy };
    const { epochs, score } = trained(halving, qualityOf(asked.values));
    searcher.tell({ ...asked, epochs, score });
    thinking = Math.max(thinking, now) + (performance.now() - began) / 1000;
    const seconds = epochs * (0.5 + Number(asked.values['number 0']));
    busy += Math.min(seconds, Math.max(0, VIRTUAL_SECONDS - thinking));
    finished += 1;
    free[free.indexOf(now)] = thinking + seconds;
  }
}

function trained(halving: Halving, quality: number): { epochs: number; score: number } {
  for (let epoch = 1; epoch <= EPOCHS; epoch += 1) {
    const score = quality + 1 / epoch;
    if (halving.arrive(epoch, score) === 'ends') return { epochs: epoch, score };
  }
  return { epochs: EPOCHS, score: quality + 1 / EPOCHS };
}
