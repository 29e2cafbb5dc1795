import { readFile, writeFile } from 'node:fs/promises';
import { sampleStandardDeviation } from 'simple-statistics';
import type { CompletedTrial } from '../../../src/record/trial.ts';
import { acceptEverything } from '../../../src/loop/acceptEverything.ts';
import type { Study } from '../../../src/study/study.ts';
import type { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import {
  BASELINE_SEEDS,
  raceSoFar,
  raceTrials,
  type SimulatedRace,
} from '../../../test/unit/judge/simulatedStudy.ts';
import { withEngine } from '../engine.ts';
import type { Row } from '../row.ts';
import { costRows, isBetter, percent, share } from './simulated.ts';
import { valuesOf } from '../../../src/record/measures.ts';
import { benchTrainer } from './benchTrainer.ts';

const studies = 20;
const maxSeeds = 6;
const proposals = 8;
/**
 * Wider and ten times faster than the example as it is: there is something to lose, and slow
 * starters may win.
 */
const tuned = (text: string): string =>
  text.replace('units: 16', 'units: 64').replace('adam(0.001)', 'adam(0.01)');
const withRate =
  (rate: number) =>
  (text: string): string =>
    text.replace(/adam\([\d.]+\)/, `adam(${rate})`);
const withDropout =
  (rate: number) =>
  (text: string): string =>
    text.replace(
      '  model.add(tf.layers.dense({ units: outputUnits',
      `  model.add(tf.layers.dropout({ rate: ${rate} }));\n  model.add(tf.layers.dense({ ` +
        'units: outputUnits',
    );
const withPenalty =
  (l2: number) =>
  (text: string): string =>
    text.replace(
      "activation: 'relu' }",
      `activation: 'relu', kernelRegularizer: tf.regularizers.l2({ l2: ${l2} }) }`,
    );
const slowStarters = [
  withRate(0.003),
  withRate(0.001),
  withDropout(0.1),
  withDropout(0.3),
  withPenalty(0.001),
];

/** Trains a text on the digits example, one trial a seed. */
type Train = (text: string, seeds: readonly number[]) => Promise<readonly CompletedTrial[]>;

/** What was really trained: the deviation of the example's seeds, and the rows. */
export interface DigitsBench {
  readonly sd: number;
  readonly rows: readonly Row[];
}

/**
 * Races on real trainings of the digits example: against itself with other seeds, and a mixed set
 * of changes with their curves.
 */
export async function digitsBench(): Promise<DigitsBench> {
  return withEngine(
    { reviewer: acceptEverything, onEvent: () => undefined },
    async ({ engine, modelPath }) => {
      const study = await engine.openStudy(modelPath);
      const text = await readFile(modelPath, 'utf8');
      const trainer = benchTrainer();
      const train = trainOn(trainer, study);
      const signal = new AbortController().signal;
      const request = { count: proposals, wish: null, seed: 1, signal };
      try {
        const offered = await engine.propose(study, request);
        const asItIs = await raceAll(
          train,
          text,
          offered.map((proposal) => proposal.text),
        );
        await writeFile(modelPath, tuned(text));
        const fast = await raceAll(
          train,
          tuned(text),
          slowStarters.map((change) => change(tuned(text))),
        );
        const against = await againstItself(train, text);
        const races = [asItIs.races, fast.races];
        return {
          sd: sampleStandardDeviation(asItIs.values),
          rows: [
            againstItselfRow(against),
            ...costRows(
              `${races.flat().length} real changes of digits`,
              races,
              study.config.epochs,
            ),
            stopRow(races.flat()),
          ],
        };
      } finally {
        await trainer.dispose();
      }
    },
  );
}

const trainOn =
  (trainer: WorkerTrainer, study: Study): Train =>
  async (text, seeds) => {
    const { trials } = await trainer.train({
      study,
      variant: { path: study.modelPath, text },
      seeds,
      evaluateOn: 'validation',
      signal: new AbortController().signal,
      onProgress: () => undefined,
    });
    return trials.map((trial) => {
      if (trial.outcome !== 'completed')
        throw new Error(`Seed ${trial.seed} of the bench failed: ${trial.failure.message}`);
      return trial;
    });
  };

const firstSeeds = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => index + 1);

/**
 * One study: a parent and its changes, all seeds trained to their end, then raced as the loop
 * would.
 */
async function raceAll(
  train: Train,
  parentText: string,
  texts: readonly string[],
): Promise<{ readonly values: number[]; readonly races: readonly SimulatedRace[] }> {
  const parent = await train(parentText, firstSeeds(maxSeeds));
  const known: (readonly number[])[] = [];
  const races: SimulatedRace[] = [];
  for (const text of texts) {
    const trials = await train(text, firstSeeds(maxSeeds));
    const race = raceTrials(trials, parent, known);
    if (race.verdict !== 'worse') known.push(valuesOf(trials.slice(0, race.seeds), 'val_loss'));
    console.error(
      `  change ${races.length + 1} of ${texts.length}: ${race.verdict} after ${race.seeds} ` +
        `seeds, ${race.epochs} epochs; by five seeds ${race.fixed}`,
    );
    races.push(race);
  }
  return { values: [...valuesOf(parent, 'val_loss')], races };
}

/**
 * The same source with other seeds, taken for the same: every difference is noise. Each study
 * trains its own, as many as its race asks for.
 */
async function againstItself(train: Train, text: string): Promise<readonly SimulatedRace[]> {
  const races: SimulatedRace[] = [];
  for (let index = 0; index < studies; index++) {
    const own = oneByOne(train, text, 1000 + 100 * index);
    const other = oneByOne(train, text, 1050 + 100 * index);
    let race: SimulatedRace | null = null;
    for (let count = 2; !race; count++)
      race = raceSoFar(await own(count), await other(Math.max(BASELINE_SEEDS, count)), []);
    console.error(`  A/A ${index + 1} of ${studies}: ${race.verdict} after ${race.seeds} seeds`);
    races.push(race);
  }
  return races;
}

/**
 * The first `count` trials from a seed on, called 1, 2, 3 …; each is trained when it is first asked
 * for.
 */
function oneByOne(
  train: Train,
  text: string,
  first: number,
): (count: number) => Promise<readonly CompletedTrial[]> {
  const trials: CompletedTrial[] = [];
  return async (count) => {
    const missing = Array.from(
      { length: count - trials.length },
      (_, index) => first + trials.length + index,
    );
    if (missing.length > 0)
      trials.push(
        ...(await train(text, missing)).map((trial) => ({
          ...trial,
          seed: trial.seed - first + 1,
        })),
      );
    return trials;
  };
}

function againstItselfRow(races: readonly SimulatedRace[]): Row {
  const rate = share(races, isBetter);
  return {
    figure: `A/A, ${races.length} real studies of digits, each with seeds of its own`,
    goal: '"better" ≤ 5 %',
    measured: `${percent(rate)} (${races.filter(isBetter).length})`,
    ratio: (rate / 0.05).toFixed(2),
    met: rate <= 0.05,
  };
}

function stopRow(races: readonly SimulatedRace[]): Row {
  const stopped = races.filter((race) => race.stopped);
  const wrong = stopped.filter(({ fixed }) => fixed !== 'worse');
  return {
    figure: 'stopped while they trained, real changes of digits',
    goal: 'none but worse ones',
    measured:
      `${stopped.length} of ${races.length}, ` + `${wrong.length} of them not worse by five seeds`,
    ratio: '–',
    met: wrong.length === 0,
  };
}
