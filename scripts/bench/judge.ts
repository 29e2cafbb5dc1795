import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean, sampleStandardDeviation } from 'simple-statistics';
import { acceptEverything } from '../../src/core/review/acceptEverything.ts';
import type { StudyReport } from '../../src/core/study/studyReport.ts';
import type { createEngine } from '../../src/engine.ts';
import { seededRandom } from '../../src/util/seededRandom.ts';
import { drawValues, noiseOf, raceValues, type SimulatedRace, type Values } from '../../test/unit/judge/simulatedStudy.ts';
import { run } from '../../test/vscode/run.ts';
import { withEngine } from './engine.ts';
import type { Row } from './row.ts';

const simulated = 400;
const real = 20;
/** Seeds of one real A/A study: six of the baseline, six others of the same source. */
const perStudy = 12;
const pool = 60;
const maxSeeds = 6;
const roundsOfTutorial = 6;
/** Gains of a mixed set of proposals, in deviations of the seeds: half ruin something, a third changes nothing. */
const mixed = [-10, -10, -6, -6, -2, 0, 0, 0, 2, 6];

const random = seededRandom(5);
const next = (): number => random.next();

/** Is the verdict to be believed? Errors, power and cost of the race over seeds; the tutorial whose baseline is under-trained. */
export async function bench(): Promise<Row[]> {
  const digits = await digitsValues();
  const sd = sampleStandardDeviation([...digits]);
  return [simulatedNothing(sd), realNothing(digits), power(sd, 2), power(sd, 4), ...costOfRacing(sd), await tutorial()];
}

/** val_loss of the digits example as it is, over many seeds. */
async function digitsValues(): Promise<Values> {
  return withEngine({ reviewer: acceptEverything, onEvent: () => undefined }, async ({ engine, modelPath, configure }) => {
    await configure({ seeds: pool });
    const { trials } = await engine.tryOut(await engine.openStudy(modelPath), new AbortController().signal);
    return trials.flatMap((trial) => (trial.outcome === 'completed' ? [trial.metric] : []));
  });
}

const share = (races: readonly SimulatedRace[], is: (race: SimulatedRace) => boolean): number => races.filter(is).length / races.length;
const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const isBetter = ({ verdict }: SimulatedRace): boolean => verdict === 'better';

/** A change that gains `gain` deviations, in a study with a baseline and `earlier` attempts. */
function change(sd: number, gain: number, earlier: number): SimulatedRace {
  const baseline = drawValues(next, maxSeeds, { center: 1, sd });
  const others = Array.from({ length: earlier }, () => drawValues(next, 3, { center: 1, sd }));
  return raceValues(drawValues(next, maxSeeds, { center: 1 - gain * sd, sd }), baseline, noiseOf([baseline.slice(0, 3), ...others]));
}

function simulatedNothing(sd: number): Row {
  const rate = share(Array.from({ length: simulated }, () => change(sd, 0, 0)), isBetter);
  return { figure: `A/A, ${simulated} simulated studies (noise of digits, σ ${sd.toPrecision(2)})`, goal: '"better" ≤ 5 %', measured: percent(rate), ratio: (rate / 0.05).toFixed(2), met: rate <= 0.05 };
}

/** Twelve real trainings each, drawn from sixty of one source: six seeds as the baseline, six others as the change. */
function realNothing(values: Values): Row {
  const races = Array.from({ length: real }, () => {
    const drawn = shuffled(values).slice(0, perStudy);
    const baseline = drawn.slice(0, maxSeeds);
    return raceValues(drawn.slice(maxSeeds), baseline, noiseOf([baseline.slice(0, 3)]));
  });
  const rate = share(races, isBetter);
  return { figure: `A/A, ${real} real studies (${values.length} trainings of digits)`, goal: '"better" ≤ 5 %', measured: percent(rate), ratio: (rate / 0.05).toFixed(2), met: rate <= 0.05 };
}

const shuffled = (values: Values): Values => values.map((value) => ({ value, key: next() })).sort((a, b) => a.key - b.key).map(({ value }) => value);

function power(sd: number, gain: 2 | 4): Row {
  const [goal, within] = gain === 2 ? [0.8, 6] : [0.95, 4];
  const found = (earlier: number): number => share(Array.from({ length: simulated }, () => change(sd, gain, earlier)), (race) => isBetter(race) && race.seeds <= within);
  const [first, later] = [found(0), found(3)];
  return {
    figure: `a gain of ${gain} σ is found within ${within} seeds`,
    goal: `≥ ${percent(goal)}`,
    measured: `${percent(later)} (first change of a study: ${percent(first)})`,
    ratio: (later / goal).toFixed(2),
    met: later >= goal,
  };
}

/** Ten proposals a study, against five seeds each and five of the parent; the parent's extra seeds are trained once. */
function costOfRacing(sd: number): readonly Row[] {
  const studies = Array.from({ length: 200 }, () => mixedStudy(sd));
  const races = studies.flat();
  const raced = studies.reduce((sum, study) => sum + Math.max(3, ...study.map(({ seeds }) => seeds)) + study.reduce((all, { seeds }) => all + seeds, 0), 0);
  const cost = raced / (studies.length * 5 * (mixed.length + 1));
  const same = share(races, ({ verdict, fixed }) => verdict === fixed);
  return [
    { figure: 'training of a race against five fixed seeds, mixed set', goal: '≤ 60 %', measured: percent(cost), ratio: (cost / 0.6).toFixed(2), met: cost <= 0.6 },
    { figure: 'same verdicts as five fixed seeds, mixed set', goal: '≥ 95 %', measured: percent(same), ratio: (same / 0.95).toFixed(2), met: same >= 0.95 },
  ];
}

function mixedStudy(sd: number): readonly SimulatedRace[] {
  const baseline = drawValues(next, maxSeeds, { center: 1, sd });
  const known = [baseline.slice(0, 3)];
  return shuffled(mixed).map((gain) => {
    const values = drawValues(next, maxSeeds, { center: 1 - gain * sd, sd });
    const race = raceValues(values, baseline, noiseOf(known));
    if (race.verdict !== 'worse') known.push(values.slice(0, race.seeds));
    return race;
  });
}

async function tutorial(): Promise<Row> {
  const { best, baseline, adequacy, attempts } = await improveTutorial();
  const reached = best.metric?.mean ?? NaN;
  const says = (words: string): boolean => adequacy.some((text) => text.includes(words));
  const first = attempts.findIndex(({ metric, verdict }) => verdict === 'better' && (metric?.mean ?? 0) >= 0.99) + 1;
  return {
    figure: `tutorial with an under-trained baseline (R² ${mean([...(baseline.metric?.values ?? [NaN])]).toFixed(2)})`,
    goal: `R² ≥ 0.99 in ${roundsOfTutorial} rounds, and said`,
    measured: `R² ${reached.toFixed(4)}, first in round ${first}; "under-trained" ${says('under-trained') ? 'said' : 'NOT said'}, "linear model suffices" ${says('linear model suffices') ? 'said' : 'NOT said'}`,
    ratio: (reached / 0.99).toFixed(2),
    met: reached >= 0.99 && says('under-trained') && says('linear model suffices'),
  };
}

async function improveTutorial(): Promise<StudyReport> {
  const distFolder = join(process.cwd(), 'dist');
  const built = createRequire(import.meta.url)(join(distFolder, 'engine.cjs')) as { createEngine: typeof createEngine };
  const folder = await mkdtemp(join(tmpdir(), 'cortex-tutorial-'));
  const engine = built.createEngine({ reviewer: acceptEverything, onEvent: () => undefined, distFolder, nodePath: process.execPath, builderNames: [], runtime: 'auto', cortexVersion: '0.0.0' });
  try {
    await cp(join(process.cwd(), 'test', 'projects', 'tutorial'), folder, { recursive: true });
    await run('git', ['init', '--quiet'], { cwd: folder });
    return await engine.improve(await engine.openStudy(join(folder, 'model.ts')), { rounds: roundsOfTutorial, wish: null, seed: 1, signal: new AbortController().signal });
  } finally {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
