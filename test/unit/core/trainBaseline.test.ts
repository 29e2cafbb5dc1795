import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CortexError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import { fakePorts, options, scripted, source, study } from './fakePorts.ts';
import { rateOf } from './tableTrainer.ts';
import { proposalIn } from '../../../src/record/kinds.ts';
import { changeOf } from '../../records.ts';

test('a baseline that cannot be trained is recorded, and the run says so', async () => {
  const ports = fakePorts(scripted(16), {
    files: {
      readModel: () =>
        Promise.resolve({ path: study.modelPath, language: 'typescript', text: source(666) }),
      readLog: () => Promise.resolve(null),
    },
  });
  await assert.rejects(
    improveModel(study, options(1), ports),
    (error) =>
      error instanceof CortexError && error.code === 'baseline-failed' && error.kind === 'training',
  );
  assert.equal(ports.store.attempts[0]?.verdict.kind, 'crashed');
});

test('another data file: a new baseline and a new noise, and it is said', async () => {
  const ports = fakePorts(scripted());
  await improveModel(study, options(0), ports);
  const profile = {
    ...(await profileOf(ports)),
    hash: 'other',
  };
  const trainer = {
    ...ports.trainer,
    profileData: () => Promise.resolve(profile),
    train: async (request: TrainRequest) => ({
      ...(await ports.trainer.train(request)),
      dataHash: 'other',
    }),
  };
  const report = await improveModel(study, options(0), { ...ports, trainer });
  assert.equal(report.baseline.number, 1);
  const told = ports.events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
  assert.deepEqual(told, [
    'The data is not what it was (its hash is other, up to attempt #0 it was data): a new ' +
      'baseline is trained, the noise is measured anew, and the 1 earlier attempt on the old ' +
      'data is no longer compared with.',
  ]);
});

test('small data: validation in folds is suggested once in a study', async () => {
  const ports = fakePorts(scripted());
  const profile = {
    ...(await profileOf(ports)),
    rows: { train: 60, validation: 20, test: 20 },
    foldable: true as const,
  };
  const trainer = { ...ports.trainer, profileData: () => Promise.resolve(profile) };
  await improveModel(study, options(0), { ...ports, trainer });
  await improveModel(
    { ...study, config: { ...study.config, epochs: study.config.epochs + 1 } },
    options(0),
    { ...ports, trainer },
  );
  assert.equal(ports.store.attempts.length, 2);
  const told = ports.events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
  assert.equal(told.length, 1);
  assert.match(
    told[0] ?? '',
    /^The data has 100 rows: .*write "split": \{ "folds": 5 \} in cortex\.json/,
  );
});

test('comments, white space and formatting make no other baseline; another layer does', async () => {
  const run = async (text: string): Promise<number> => {
    const files = {
      readModel: () =>
        Promise.resolve({ path: study.modelPath, language: 'typescript' as const, text }),
      readLog: () => Promise.resolve(null),
    };
    return (await improveModel(study, options(0), { ...ports, files })).baseline.number;
  };
  const ports = fakePorts(scripted());
  const text = source(8);
  const formatted = `// A word.\n${text.replaceAll("'", '"').replaceAll(';\n', '\n').replaceAll('\n', '\n  ')}`;
  assert.notEqual(formatted, text);
  assert.deepEqual(
    { first: await run(text), formatted: await run(formatted), wider: await run(source(9)) },
    { first: 0, formatted: 0, wider: 1 },
  );
});

test('fewer rows than seeds × classes are refused with the numbers', async () => {
  const ports = fakePorts(scripted());
  const profile = {
    ...(await profileOf(ports)),
    task: 'classification' as const,
    rows: { train: 7, validation: 3, test: 1 },
    classShares: [0.25, 0.25, 0.25, 0.25],
  };
  await assert.rejects(
    improveModel(study, options(1), {
      ...ports,
      trainer: { ...ports.trainer, profileData: () => Promise.resolve(profile) },
    }),
    (error) =>
      error instanceof CortexError &&
      error.code === 'study-too-few-rows' &&
      /11 rows, for 4 classes and 3 seeds.*at least 12 rows/.test(error.message),
  );
  assert.equal(ports.store.attempts.length, 0);
});

test('a model file in a language that no runtime trains is told so', async () => {
  const python = { ...study, modelPath: '/fake/model.py' };
  const text = 'def build_model():\n    return keras.Sequential([keras.layers.Dense(4)])\n';
  const ports = fakePorts(scripted(), {
    files: {
      readModel: () => Promise.resolve({ path: python.modelPath, language: 'python', text }),
      readLog: () => Promise.resolve(null),
    },
  });
  await assert.rejects(
    improveModel(python, options(1), ports),
    (error) => error instanceof CortexError && error.code === 'model-not-trainable',
  );
});

test('an interrupted baseline with a finished seed does not stand for the file: it is trained again', async () => {
  const ports = fakePorts(scripted(16));
  await improveModel(study, options(0), ports);
  const [baseline] = ports.store.attempts;
  assert.ok(baseline);
  ports.store.attempts[0] = {
    ...baseline,
    verdict: { kind: 'cancelled', text: 'Interrupted.', comparisons: [] },
  };
  const report = await improveModel(study, options(0), ports);
  assert.equal(report.baseline.number, 1);
});

test(
  'a baseline that cannot be trained is repaired instead of searched on; the first repair that ' +
    'trains becomes a baseline',
  async () => {
    const ports = fakePorts(scripted(16));
    const fails = (request: TrainRequest): Promise<TrainResult> =>
      rateOf(request) > 0.00005
        ? ports.trainer.train({ ...request, variant: { ...request.variant, text: source(666) } })
        : ports.trainer.train(request);
    const report = await improveModel(study, options(3), {
      ...ports,
      trainer: { ...ports.trainer, train: fails },
    });
    assert.deepEqual(
      ports.store.attempts.map((attempt) => [attempt.verdict.kind, proposalIn(attempt)?.title]),
      [
        ['crashed', undefined],
        ['crashed', 'Learning rate 0.001 → 0.0001'],
        ['baseline', 'Learning rate 0.001 → 1.00e-5'],
      ],
    );
    assert.equal(report.stopped, 'baseline repaired');
    assert.match(
      report.findings[0] ?? '',
      /could not be trained as it is; learning rate 0\.001 → 1\.00e-5 lets it train\. Apply it/,
    );
    assert.match(
      changeOf(ports.store.attempts[1]).proposal.reasoning,
      /^Your baseline cannot be trained as it is: failed by not-a-number/,
    );
    assert.match(ports.store.attempts[2]?.verdict.text ?? '', /nothing to compare it with\.$/);
    const repaired = {
      ...ports.files,
      readModel: () =>
        Promise.resolve({
          path: study.modelPath,
          language: 'typescript' as const,
          text: ports.store.texts.get(report.best.id) ?? '',
        }),
    };
    const next = await improveModel(study, options(1), { ...ports, files: repaired });
    assert.deepEqual(
      { id: next.baseline.id, attemptsCount: next.attempts.length },
      { id: report.best.id, attemptsCount: 1 },
    );
  },
);

/** What the trainer tells of the study's data. */
async function profileOf({ trainer }: Pick<Ports, 'trainer'>): Promise<DataProfile> {
  const profile = await trainer.profileData(study, new AbortController().signal);
  assert.ok(profile);
  return profile;
}
