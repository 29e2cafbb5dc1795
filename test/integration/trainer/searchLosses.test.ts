import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Ports } from '../../../src/loop/ports.ts';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import { fakePorts, scripted } from '../../unit/core/fakePorts.ts';
import { builderText, makeTrainer, NEVER, projectStudy } from './harness.ts';
import { children, SLOW } from './trainWith.ts';

const study = projectStudy('blobs', { epochs: 9, seeds: 2 });
const trainer = makeTrainer({ workers: 2 });

/** Real trainings, with a record in memory. */
const plain = fakePorts(scripted());
const ports: Ports = {
  ...plain,
  trainer,
  clock: { now: () => performance.now(), deadline: () => NEVER },
  files: {
    ...plain.files,
    readModel: () =>
      Promise.resolve({ path: study.modelPath, language: 'typescript', text: builderText() }),
  },
};

before(() => plain.syntax.load('typescript'));
after(() => trainer.dispose());

test('a search whose workers are lost at every rung ends, and its record says how', async () => {
  let killed = 0;
  const train: typeof trainer.train = (request) =>
    isOfSearch(request)
      ? trainer.train({
          ...request,
          // Long enough that none is over before its worker is killed.
          study: { ...request.study, config: { ...request.study.config, ...SLOW } },
          onProgress: (progress) => {
            if (progress.epoch < 4) return request.onProgress(progress);
            killed += 1;
            for (const pid of children()) process.kill(pid, 'SIGKILL');
          },
        })
      : trainer.train(request);
  const { standing, stopped, winner, sweep } = await searchModel(
    study,
    { trials: 3, seed: 1, signal: NEVER },
    { ...ports, trainer: { ...lent(), train } },
  );
  assert.ok(killed >= 3);
  assert.equal(stopped, '3 configurations tried');
  assert.equal(winner, null);
  assert.equal(standing.failed, 3);
  const record = plain.store.attempts.find(({ id }) => id === sweep.id);
  assert.deepEqual(record?.kind === 'sweep' && record.configurations.map((one) => one.failure), [
    'died',
    'died',
    'died',
  ]);
});

/** The model as it is, and a race, have seeds of their own. */
const isOfSearch = ({ seeds: [first = 0] }: Parameters<typeof trainer.train>[0]): boolean =>
  first > 1000;

/** The trainer's own methods, without its state. */
const lent = (): Ports['trainer'] => ({
  workers: trainer.workers,
  runtimes: trainer.runtimes,
  train: (request) => trainer.train(request),
  build: (...request) => trainer.build(...request),
  profileData: (...request) => trainer.profileData(...request),
  references: (...request) => trainer.references(...request),
  runtime: (...request) => trainer.runtime(...request),
  predict: (...request) => trainer.predict(...request),
  dispose: () => trainer.dispose(),
});
