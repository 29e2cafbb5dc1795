import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import type { Searcher } from '../../../src/ports/searcher.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import type { SweepSpec } from '../../../src/study/sweepSpec.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves } from './curveTrainer.ts';
import {
  fakePorts,
  options,
  proposalTo,
  scripted,
  source,
  study as plainStudy,
} from './fakePorts.ts';
import { unitsOf } from './tableTrainer.ts';

const study = { ...plainStudy, config: studyConfigSchema.parse({ epochs: 8 }) };

const UNITS = source(8).replace("'relu' }));", "'relu' })); // cortex: units 4..64 log");
const RATE = `const RATE = 0.001; // cortex: 1e-4..0.1 log\n`;
const COMPILED = source(8).replace(
  '  return model;',
  "  model.compile({ optimizer: tf.train.adam(RATE), loss: 'meanSquaredError' });\n  return model;",
);

/** Best with 40 units. */
const bowl = (request: TrainRequest): number =>
  0.1 + Math.abs(Math.log2((hiddenOf(request) ?? unitsOf(request)) / 40)) / 4;

const hiddenOf = ({ variant }: TrainRequest): number | null => {
  const [, units] = /^const HIDDEN = (\d+)/.exec(variant.text) ?? [];
  return units === undefined ? null : Number(units);
};

async function tune(text: string, spec: Partial<SweepSpec> = {}) {
  const readModel = (): ReturnType<Ports['files']['readModel']> =>
    Promise.resolve({ path: study.modelPath, language: 'typescript', text });
  const plain = fakePorts(scripted());
  const ports = { ...plain, files: { ...plain.files, readModel } };
  const asked: TrainRequest[] = [];
  const train = curves((request) => {
    asked.push(request);
    return bowl(request);
  });
  const report = await searchModel(
    study,
    { trials: 20, seed: 1, signal: new AbortController().signal, scope: 'marked', ...spec },
    { ...ports, trainer: { ...ports.trainer, train }, random: seededRandom(1) },
  );
  return { report, ports, asked };
}

const refusal = (code: string) => (error: unknown) =>
  error instanceof CortexError && error.code === code;

describe('tuning what is marked', () => {
  test('changes the marked number alone, and proposes the best of it', async () => {
    const { report, asked } = await tune(UNITS);
    assert.equal(report.winner?.verdict, 'better');
    assert.match(report.winner.title, /^units 8 → (3\d|4\d)$/);
    const forms = new Set(asked.map(({ variant }) => variant.text.replace(/units: \d+/, '')));
    assert.equal(forms.size, 1, 'the rest of the file is as it was');
  });

  test('in a search of everything a marked number is searched within its mark alone', async () => {
    const { report, ports } = await tune(UNITS, { scope: 'everything', trials: 30 });
    const sweep = ports.store.attempts.find((attempt) => attempt.kind === 'sweep');
    const values = sweep?.configurations.map((each) => each.values) ?? [];
    assert.ok(values.every((each) => Number(each['units']) >= 4 && Number(each['units']) <= 64));
    assert.ok(values.every((each) => !('units of dense layer' in each)));
    assert.ok(values.some((each) => each['learning rate'] !== values[0]?.['learning rate']));
    assert.equal(report.standing.tried, 30);
  });

  test('reaches a number through its constant', async () => {
    const { asked, ports } = await tune(RATE + COMPILED, { scope: 'everything', trials: 12 });
    const sweep = ports.store.attempts.find((attempt) => attempt.kind === 'sweep');
    const values = sweep?.configurations.map((each) => each.values) ?? [];
    assert.ok(values.every((each) => 'RATE' in each && !('learning rate' in each)));
    assert.ok(asked.every(({ variant }) => variant.text.startsWith('const RATE = ')));
    const marked = await tune(RATE + COMPILED, { trials: 6 });
    const rates = marked.asked.map(({ variant }) => /^const RATE = (\S+);/.exec(variant.text)?.[1]);
    assert.ok(new Set(rates).size >= 6, 'each trial another rate');
  });

  test('proposes another value of a constant above the builder', async () => {
    const constant = source(8).replace('units: 8', 'units: HIDDEN');
    const { report } = await tune(`const HIDDEN = 8; // cortex: 4..64 log\n${constant}`);
    assert.equal(report.winner?.verdict, 'better', report.attempts.at(-1)?.title);
    assert.match(report.winner.title, /^HIDDEN 8 → (3\d|4\d)$/);
  });

  test('goes on from a proposal whose author named numbers to tune', async () => {
    const searchSpace = [
      { name: 'units', kind: 'integer', low: 16, high: 64, log: true, choices: [], initial: 16 },
      { name: 'momentum', kind: 'real', low: 0, high: 1, log: false, choices: [], initial: 0.9 },
    ] as const;
    const ask: Searcher['ask'] = ({ model }) =>
      Promise.resolve([{ ...proposalTo(16, model.text), searchSpace }]);
    const ports = fakePorts({ name: 'scripted', ask });
    await improveModel(study, options(1), ports);
    const { sweep, standing, parent } = await searchModel(
      study,
      { trials: 8, seed: 1, signal: new AbortController().signal, scope: 'marked' },
      ports,
    );
    assert.equal(parent.number, 1, 'the proposal, which is better');
    const record = ports.store.attempts.find(({ id }) => id === sweep.id);
    const swept = record?.kind === 'sweep' ? record.configurations : [];
    assert.ok(swept.every(({ values }) => Object.keys(values).join() === 'units'));
    assert.ok(swept.every(({ values }) => Number(values['units']) >= 16));
    assert.ok((standing.best?.value ?? 1) < (standing.start?.value ?? 0));
    const told = ports.events.flatMap((event) => (event.kind === 'notice' ? event.text : []));
    assert.ok(
      told.includes('Searched as the proposal of #1 asks: units. Not found in the file: momentum.'),
      told.join('\n'),
    );
  });
});

describe('marks that lead nowhere are told', () => {
  test('nothing is marked', async () => {
    await assert.rejects(tune(source(8)), refusal('search-nothing-marked'));
  });

  test('a mark of one point', async () => {
    await assert.rejects(
      tune(UNITS.replace('4..64 log', '8..8')),
      refusal('search-nothing-marked'),
    );
  });

  test('a mark that contradicts itself names its line', async () => {
    await assert.rejects(
      tune(UNITS.replace('4..64', '64..4')),
      (error) => error instanceof CortexError && error.line === 4,
    );
  });

  test('a number that the model does not depend on', async () => {
    await assert.rejects(
      tune(`const ROWS = 100; // cortex: 10..1000\n${source(8)}`),
      (error) => error instanceof CortexError && /changes nothing/.test(error.happened),
    );
  });
});
