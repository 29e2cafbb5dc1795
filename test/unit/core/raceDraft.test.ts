import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareAttempts } from '../../../src/show/views/compareAttempts.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import { fakePorts, options, scripted, study } from './fakePorts.ts';
import { noisy, unitsOf } from './tableTrainer.ts';
import { changeOf } from '../../records.ts';

test(
  'a close race goes on seed by seed; the parent trains the seeds it lacks, and its next child ' +
    'reuses them',
  async () => {
    const close = noisy({
      8: [1, 1.1, 0.9, 1.05, 0.95, 1],
      16: [0.87, 0.99, 0.79, 0.9, 0.83, 0.84],
      32: [0.86, 1, 0.77, 0.91, 0.82, 0.85],
    });
    const ports = fakePorts(scripted(16, 32));
    const asked: string[] = [];
    const trainer = {
      ...ports.trainer,
      train: (request: TrainRequest) => {
        asked.push(`${unitsOf(request)}:${request.seeds.join()}`);
        return close(request);
      },
    };
    const report = await improveModel(study, options(2), { ...ports, trainer });
    assert.deepEqual(asked.slice(0, 6), ['8:1,2,3', '16:1,2', '16:3', '16:4', '8:4', '16:5']);
    const [, first, second] = ports.store.attempts;
    assert.deepEqual(
      changeOf(first).references?.map(({ attempt, trials }) => [
        attempt,
        trials.map(({ seed }) => seed),
      ]),
      [[report.baseline.id, [4, 5]]],
    );
    assert.equal(first?.verdict.kind, 'better');
    assert.deepEqual(
      second?.verdict.comparisons.map(({ against }) => against),
      [first.id, report.baseline.id],
    );
    assert.ok(asked.filter((entry) => entry === '8:4').length === 1, asked.join(' '));
    await ports.syntax.load('typescript');
    const { paired } = await compareAttempts(
      study,
      { ids: [report.baseline.id, first.id], data: null },
      ports,
    );
    assert.deepEqual(
      paired[0]?.seeds.map(({ seed }) => seed),
      [1, 2, 3, 4, 5],
      'put side by side, the baseline has them, too',
    );
  },
);
