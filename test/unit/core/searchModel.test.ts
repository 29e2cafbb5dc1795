import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import type { AttemptOf } from '../../../src/record/attempt.ts';
import { studyConfigSchema, type StudyConfig } from '../../../src/record/studyConfig.ts';
import type { SweepSpec } from '../../../src/study/sweepSpec.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves, type Quality } from './curveTrainer.ts';
import { fakePorts, scripted, study as plainStudy } from './fakePorts.ts';
import { rateOf, unitsOf } from './tableTrainer.ts';

const studyOf = (config: Partial<StudyConfig> = {}) => ({
  ...plainStudy,
  config: studyConfigSchema.parse({ epochs: 20, ...config }),
});
const study = studyOf();

/** Best with 40 units, a rate of 0.01 and batches of 32: numbers that belong together. */
const bowl = (request: TrainRequest): number =>
  0.1 +
  Math.abs(Math.log2(unitsOf(request) / 40)) / 4 +
  Math.abs(Math.log10(rateOf(request) / 0.01)) / 2 +
  Math.abs(Math.log2(request.study.config.batchSize / 32)) / 4;

function portsWith(quality: Quality, { workers = 1 } = {}) {
  const ports = fakePorts(scripted());
  const asked: TrainRequest[] = [];
  const train = curves((request, seed) => {
    asked.push(request);
    return quality(request, seed);
  });
  return { ...ports, asked, trainer: { ...ports.trainer, workers, train } };
}

const search = (ports: Ports, spec: Partial<SweepSpec> = {}, searched: typeof study = study) =>
  searchModel(
    searched,
    { trials: 40, seed: 1, signal: new AbortController().signal, ...spec },
    { ...ports, random: seededRandom(spec.seed ?? 1) },
  );

const sweepsIn = ({ store }: ReturnType<typeof portsWith>): readonly AttemptOf<'sweep'>[] =>
  store.attempts.filter((attempt) => attempt.kind === 'sweep');

describe('a search', () => {
  test('ends with a proposal that is raced on seeds that chose nothing, and better', async () => {
    const ports = portsWith(bowl);
    const { winner, standing, stopped } = await search(ports);
    assert.equal(winner?.verdict, 'better');
    assert.equal(winner.operator, 'search');
    assert.equal(stopped, '40 configurations tried');
    assert.equal(standing.tried, 40);
    const [sweep] = sweepsIn(ports);
    const chose = new Set(
      sweep?.configurations.flatMap(({ results }) => results.map(({ seed }) => seed)),
    );
    const record = ports.store.attempts.find(({ id }) => id === winner.id);
    assert.equal(chose.size, 2, 'one for all, and a second for the best');
    assert.ok(record?.trials.every(({ seed }) => !chose.has(seed)));
    assert.match(
      record?.kind === 'change' ? record.proposal.reasoning : '',
      /^Chosen out of 40 configurations, \d+ of them trained to the end/,
    );
  });

  test('keeps every configuration in one record, whole runs as attempts beside it', async () => {
    const ports = portsWith(bowl);
    const { sweep, standing } = await search(ports);
    const [record, ...others] = sweepsIn(ports);
    assert.equal(others.length, 0);
    assert.equal(record?.configurations.length, 40);
    assert.deepEqual(record?.configurations[0]?.values['batch size'], 32, 'the model as it is');
    const epochs = record?.configurations.flatMap(({ results }) =>
      results.map((one) => one.epochs),
    );
    assert.deepEqual(
      [...new Set(epochs)].toSorted((a, b) => a - b),
      [4, 12, 20],
    );
    const swept = ports.store.attempts.filter(
      (attempt) => attempt.kind === 'change' && attempt.proposal.operator === 'swept',
    );
    assert.equal(swept.length, standing.full - 1, 'the model as it is has its own record');
    assert.equal(sweep.looks, standing.tried - standing.full - standing.failed - standing.unfit);
  });

  test('looks side by side, and no run is begun again', async () => {
    const ports = portsWith(bowl, { workers: 3 });
    const { standing } = await search(ports);
    assert.equal(standing.tried, 40);
    const first = Math.min(
      ...ports.asked.flatMap(({ seeds }) => seeds.filter((seed) => seed > 1000)),
    );
    const short = ports.asked.filter(({ seeds }) => seeds[0] === first);
    const names = short.map(
      ({ variant, study: { config } }) => `${config.batchSize}${variant.text}`,
    );
    assert.equal(new Set(names).size, names.length);
  });

  test('is the same again with the same seed, and another with another', async () => {
    const valuesOf = async (seed: number) => {
      const ports = portsWith(bowl);
      await search(ports, { seed });
      return sweepsIn(ports)[0]?.configurations.map(({ values }) => values);
    };
    assert.deepEqual(await valuesOf(7), await valuesOf(7));
    assert.notDeepEqual(await valuesOf(7), await valuesOf(8));
  });

  test('goes on from what an earlier one tried', async () => {
    const ports = portsWith(() => 1);
    await search(ports, { trials: 15 });
    const first = ports.asked.length;
    await search(ports, { trials: 15, seed: 2 });
    const [one, two] = sweepsIn(ports).map(({ configurations }) =>
      configurations.map(({ values }) => JSON.stringify(values)),
    );
    assert.ok(ports.asked.length > first);
    assert.ok(two?.every((values) => !one?.includes(values)));
  });

  test('that its user stops keeps what it has', async () => {
    const stop = new AbortController();
    const ports = portsWith((request) => {
      if (ports.asked.length === 12) stop.abort();
      return bowl(request);
    });
    const { end, sweep, attempts } = await search(ports, { signal: stop.signal });
    assert.equal(end.kind, 'cancelled');
    assert.equal(sweep.verdict, 'cancelled');
    assert.deepEqual(attempts, []);
    assert.ok((sweepsIn(ports)[0]?.configurations.length ?? 0) >= 5);
  });
});

describe('a search of bad input', () => {
  test('a failing machine ends it with its error, and what was tried is recorded', async () => {
    const lost = new CortexError({
      code: 'worker-lost',
      kind: 'environment',
      happened: 'The machine is gone.',
      expected: 'a machine.',
      remedy: 'Get one.',
    });
    const ports = portsWith((request) => {
      if (ports.asked.length === 12) throw lost;
      return bowl(request);
    });
    await assert.rejects(search(ports), lost);
    assert.equal(sweepsIn(ports)[0]?.verdict.kind, 'cancelled');
  });

  test('all configurations fail: it says so instead of going on for ever', async () => {
    const ports = portsWith((request) =>
      (request.seeds[0] ?? 0) > 1000 ? 'memory' : bowl(request),
    );
    const { stopped, standing, winner } = await search(ports, { trials: 1000 });
    assert.equal(stopped, 'none of the configurations could be trained');
    assert.equal(standing.failed + standing.unfit, standing.tried);
    assert.equal(winner, null);
  });

  test('no number at every learning rate but one: it finds the one', async () => {
    const ports = portsWith((request) => {
      const isRight = rateOf(request) > 0.003 && rateOf(request) < 0.009;
      if ((request.seeds[0] ?? 0) < 1000) return isRight ? 0.1 : 5;
      return isRight ? 0.1 : 'not-a-number';
    });
    const { winner } = await search(ports, { trials: 60 });
    assert.equal(winner?.verdict, 'better');
  });

  test('limits that nothing keeps: refused before anything is built, in words', async () => {
    const objective: StudyConfig['objective'] = [
      { metric: 'val_loss', direction: 'minimize' },
      { metric: 'parameters', direction: 'minimize', limit: 3 },
    ];
    const ports = portsWith(bowl);
    const { stopped, standing } = await search(ports, { trials: 100 }, studyOf({ objective }));
    assert.equal(standing.unfit, standing.tried);
    assert.equal(stopped, 'none of the configurations could be trained');
    assert.match(sweepsIn(ports)[0]?.configurations[0]?.unfit ?? '', /at most 3 allowed/);
  });

  test('nothing that could change: refused, in words', async () => {
    const ports = portsWith(bowl);
    const text = 'export function buildModel(makeAll: () => unknown) {\n  return makeAll();\n}\n';
    const readModel = () =>
      Promise.resolve({ path: study.modelPath, language: 'typescript', text } as const);
    const profileData: typeof ports.trainer.profileData = async (...request) => {
      const data = await ports.trainer.profileData(...request);
      return data && { ...data, rows: { train: 8, validation: 2, test: 2 } };
    };
    const trainer = { ...ports.trainer, profileData };
    await assert.rejects(
      search({ ...ports, trainer, files: { ...ports.files, readModel } }),
      (error) => error instanceof CortexError && error.code === 'search-empty-space',
    );
  });

  test('the model file changed while it is searched: what it began with is searched on', async () => {
    const ports = portsWith(bowl);
    let reads = 0;
    const readModel: Ports['files']['readModel'] = async (of) => {
      const model = await ports.files.readModel(of);
      reads += 1;
      return ports.asked.length === 0 ? model : { ...model, text: `${model.text}// changed\n` };
    };
    const { standing } = await search({ ...ports, files: { ...ports.files, readModel } });
    assert.equal(standing.tried, 40);
    assert.ok(reads > 0);
    assert.ok(ports.asked.every(({ variant }) => !variant.text.includes('// changed')));
  });

  test('the data changed while it is searched: it ends, and what was tried is kept', async () => {
    const ports = portsWith(bowl);
    const train: typeof ports.trainer.train = async (request) => {
      const result = await ports.trainer.train(request);
      return ports.asked.length < 12 ? result : { ...result, dataHash: 'other data' };
    };
    await assert.rejects(
      search({ ...ports, trainer: { ...ports.trainer, train } }),
      (error) => error instanceof CortexError && error.code === 'search-data-changed',
    );
    const [sweep] = sweepsIn(ports);
    assert.equal(sweep?.verdict.kind, 'cancelled');
    assert.ok(sweep.configurations.filter(({ results }) => results.length > 0).length >= 5);
  });

  test('a budget shorter than one training: nothing is lost, and it ends as time spent', async () => {
    const spent = AbortSignal.abort();
    const ports = portsWith(bowl);
    const clock = { ...ports.clock, deadline: () => spent };
    const { stopped, sweep, winner } = await search(
      { ...ports, clock },
      { minutes: 0.001, trials: 5 },
    );
    assert.equal(stopped, 'time spent: 0.001 minutes');
    assert.equal(sweep.verdict, 'inconclusive');
    assert.equal(winner, null);
  });
});
