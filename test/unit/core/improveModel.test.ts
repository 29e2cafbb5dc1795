import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareAttempts } from '../../../src/show/views/compareAttempts.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { retrainAttempt } from '../../../src/loop/retrain.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { ReferenceScores } from '../../../src/record/dataProfile.ts';
import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import { fakePorts, scripted, source, study } from './fakePorts.ts';

const options = (rounds: number, gate: 'check' | 'skip' = 'skip') => ({
  rounds,
  wish: null,
  gate,
  signal: new AbortController().signal,
});

test('a study: baseline, then every attempt under its verdict, and the next starts from the best', async () => {
  const ports = fakePorts(scripted(16, 4, 32));
  const report = await improveModel(study, options(3), ports);
  assert.equal(report.baseline.verdict, 'baseline');
  assert.deepEqual(
    report.attempts.map((attempt) => attempt.verdict),
    ['better', 'worse', 'better'],
  );
  const [first, second, third] = report.attempts;
  assert.deepEqual(
    [first?.parents, second?.parents, third?.parents],
    [[report.baseline.id], [first?.id], [first?.id]],
  );
  assert.equal(report.best.id, third?.id);
  assert.equal(report.stopped, 'rounds done');
  assert.equal(ports.store.texts.get(third?.id ?? ''), source(32));
  assert.equal(ports.store.drafts.size, 0);
});

test('the baseline is trained once: a second run knows it', async () => {
  const ports = fakePorts(scripted(16));
  await improveModel(study, options(1), ports);
  const trained = ports.trainer.trained;
  const report = await improveModel(study, options(1), { ...ports, proposer: scripted(32) });
  assert.equal(ports.trainer.trained, trained + 1);
  assert.equal(report.attempts[0]?.parents[0], ports.store.attempts[1]?.id);
  assert.equal(report.baseline.number, 0);
});

test('a proposal that does not build is recorded as invalid, without training and without a review', async () => {
  let reviewed = 0;
  const reviewer: Ports['reviewer'] = {
    review: () => {
      reviewed++;
      return Promise.resolve({ kind: 'dismissed' });
    },
  };
  const ports = fakePorts(scripted(13), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.deepEqual(
    [report.attempts[0]?.verdict, reviewed, ports.trainer.trained],
    ['invalid', 0, 1],
  );
  assert.equal(ports.store.attempts[1]?.verdict.text, 'failed by shape (line 4)');
});

test('a variant that diverges is recorded as crashed and is no parent', async () => {
  const report = await improveModel(study, options(2), fakePorts(scripted(666, 16)));
  assert.deepEqual(
    report.attempts.map((attempt) => attempt.verdict),
    ['crashed', 'better'],
  );
  assert.equal(report.attempts[1]?.parents[0], report.baseline.id);
});

test(
  'a variant that is given up while it trains is worse, says where, and is no parent; trained ' +
    'again, seeds run to their end',
  async () => {
    const ports = fakePorts(scripted(667, 16));
    const { attempts } = await improveModel(study, options(2), ports);
    const [stopped, next] = attempts;
    assert.deepEqual(
      [stopped?.verdict, stopped?.failure, stopped?.metric, next?.verdict],
      ['worse', 'stopped', null, 'better'],
    );
    assert.equal(
      ports.store.attempts[1]?.verdict.text,
      'Worse: stopped at epoch 2 of 20: val_loss 1 against 0.5 ± 0.1.',
    );
    assert.equal(ports.trainer.bounded[0], '667:1', 'the baseline had no bounds');
    const before = ports.trainer.bounded.length;
    await retrainAttempt(study, { id: stopped?.id ?? '', signal: options(1).signal }, ports);
    assert.equal(ports.trainer.bounded.length, before);
  },
);

test('a rejected proposal is recorded and never trained', async () => {
  const reviewer: Ports['reviewer'] = {
    review: () => Promise.resolve({ kind: 'rejected', record: { reviewer: 'person', hunks: [] } }),
  };
  const ports = fakePorts(scripted(16), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.equal(report.attempts[0]?.verdict, 'rejected');
  assert.equal(ports.trainer.trained, 1);
});

test('a closed review ends the run and records nothing', async () => {
  const ports = fakePorts(scripted(16), {
    reviewer: { review: () => Promise.resolve({ kind: 'dismissed' }) },
  });
  const report = await improveModel(study, options(3), ports);
  assert.deepEqual(
    [report.stopped, report.attempts.length, ports.store.attempts.length],
    ['dismissed', 0, 1],
  );
});

test('what the review changed is what is trained and recorded', async () => {
  const reviewer: Ports['reviewer'] = {
    review: () =>
      Promise.resolve({
        kind: 'accepted',
        text: source(20),
        record: { reviewer: 'person', hunks: [] },
      }),
  };
  const ports = fakePorts(scripted(16), { reviewer });
  const report = await improveModel(study, options(1), ports);
  assert.equal(ports.store.texts.get(report.attempts[0]?.id ?? ''), source(20));
  assert.match(ports.store.attempts[1]?.proposal?.diff ?? '', /^\+.*units: 20/m);
});

test('a change outside the builder is refused', async () => {
  const proposer: Ports['proposer'] = {
    name: 'outside',
    propose: async ({ model }) => {
      const [proposal] = await scripted(16).propose({ model } as never);
      return proposal ? [{ ...proposal, text: `${proposal.text}export const leak = 1;\n` }] : [];
    },
  };
  const report = await improveModel(study, options(1), fakePorts(proposer));
  assert.equal(report.attempts[0]?.verdict, 'invalid');
});

test('a proposer with nothing left ends the run', async () => {
  const report = await improveModel(study, options(5), fakePorts(scripted(16)));
  assert.deepEqual([report.stopped, report.attempts.length], ['nothing left to propose', 1]);
});

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
      ports.store.attempts.map(({ verdict, proposal }) => [verdict.kind, proposal?.title]),
      [
        ['crashed', undefined],
        ['crashed', 'Learning rate 0.001 → 0.0001'],
        ['baseline', 'Learning rate 0.001 → 1.00e-5'],
      ],
    );
    assert.equal(report.stopped, 'baseline repaired');
    assert.match(
      report.adequacy[0] ?? '',
      /could not be trained as it is; learning rate 0\.001 → 1\.00e-5 lets it train\. Apply it/,
    );
    assert.match(
      ports.store.attempts[1]?.proposal?.reasoning ?? '',
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
    assert.deepEqual([next.baseline.id, next.attempts.length], [report.best.id, 1]);
  },
);

test('another data file: a new baseline and a new noise, and it is said', async () => {
  const ports = fakePorts(scripted());
  await improveModel(study, options(0), ports);
  const profile = {
    ...(await ports.trainer.profileData(study, new AbortController().signal)),
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
    ...(await ports.trainer.profileData(study, new AbortController().signal)),
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

test('fewer rows than seeds × classes are refused with the numbers', async () => {
  const ports = fakePorts(scripted());
  const profile = {
    ...(await ports.trainer.profileData(study, new AbortController().signal)),
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

test('a Python builder is told plainly that training comes later', async () => {
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
    (error) => error instanceof CortexError && error.code === 'model-python-not-trainable',
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
      first?.references?.map(({ attempt, trials }) => [attempt, trials.map(({ seed }) => seed)]),
      [[report.baseline.id, [4, 5]]],
    );
    assert.equal(first.verdict.kind, 'better');
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

const unitsOf = ({ variant }: TrainRequest): number =>
  Number(/units: (\d+)/.exec(variant.text)?.[1]);

/** Trains by table: units → val_loss of seeds 1, 2, 3 … */
const noisy =
  (table: Readonly<Record<number, readonly number[]>>) =>
  (request: TrainRequest): Promise<TrainResult> =>
    Promise.resolve({
      trials: request.seeds.map((seed) => {
        const metric = table[unitsOf(request)]?.[seed - 1] ?? NaN;
        const { epochs } = request.study.config;
        return {
          outcome: 'completed',
          seed,
          metric,
          curves: { val_loss: Array.from({ length: epochs }, () => metric) },
          epochs,
          seconds: { fit: 1, total: 1 },
        };
      }),
      parameters: unitsOf(request),
      environment: { cortex: '0', runtime: 'fake', probe: {}, versions: {}, platform: 'fake' },
      dataHash: 'data',
    });

const rateOf = ({ variant }: TrainRequest): number =>
  Number(/adam\(([\d.e-]+)\)/.exec(variant.text)?.[1] ?? 0.001);

/** val_loss falls with the learning rate, up to `best`. */
const rated =
  (best: number) =>
  (request: TrainRequest): Promise<TrainResult> =>
    noisy({
      8: [1, 1.1, 0.9, 1.05, 0.95, 1].map((value) =>
        rateOf(request) <= best ? value - 50 * rateOf(request) : 9,
      ),
    })(request);

test(
  'an under-trained baseline is told first: the learning rate is the first proposal, and what ' +
    'it brings is said in words',
  async () => {
    const ports = fakePorts(scripted(16));
    const report = await improveModel(study, options(1, 'check'), {
      ...ports,
      trainer: { ...ports.trainer, train: rated(0.01) },
    });
    const [attempt] = report.attempts;
    assert.deepEqual(
      [attempt?.operator, attempt?.title, attempt?.verdict],
      ['learning-rate-probe', 'Learning rate 0.001 → 0.01', 'better'],
    );
    const finding =
      /^Your baseline is under-trained, not too small: learning rate 0\.01 instead of 0\.001 lowers val_loss from 1 to 0\.55 \(2 seeds, 98\.33 % interval of the change −0\.84\S* to −0\.05\S*\)\./;
    assert.match(report.adequacy[0] ?? '', finding);
    const [, check, proposed] = ports.store.attempts;
    assert.match(proposed?.proposal?.reasoning ?? '', finding);
    assert.equal(proposed?.proposal?.evidence.length, 4, 'three short runs and one in full');
    assert.deepEqual(
      ports.events
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'adequacy' || kind === 'proposed')
        .slice(0, 2),
      ['adequacy', 'proposed'],
    );
    assert.deepEqual(
      [check?.proposal?.operator, check?.trials, check?.verdict.kind],
      ['adequacy-check', [], 'inconclusive'],
    );
  },
);

test(
  'the check of a baseline is an attempt without a score; its short runs are marked, its full ' +
    'ones are not trained again',
  async () => {
    const ports = fakePorts(scripted(16));
    const asked: string[] = [];
    const train = (request: TrainRequest): Promise<TrainResult> => {
      asked.push(
        `${rateOf(request)}: ${request.study.config.epochs} epochs, seeds ${request.seeds.join()}`,
      );
      return rated(0.01)(request);
    };
    await improveModel(study, options(1, 'check'), {
      ...ports,
      trainer: { ...ports.trainer, train },
    });
    assert.deepEqual(asked, [
      '0.001: 20 epochs, seeds 1,2,3',
      '0.00033: 5 epochs, seeds 1',
      '0.003: 5 epochs, seeds 1',
      '0.01: 5 epochs, seeds 1',
      '0.01: 20 epochs, seeds 1',
      '0.01: 20 epochs, seeds 2',
    ]);
    const [, check, proposed] = await ports.store.list(study);
    assert.equal(check?.metric, null);
    assert.ok((proposed?.metric?.values.length ?? 0) >= 2);
    const runs = ports.store.attempts[1]?.gate?.runs ?? [];
    assert.deepEqual(
      runs.map(({ epochs, trials }) => [epochs, trials.length]),
      [
        [5, 1],
        [5, 1],
        [5, 1],
        [20, 2],
      ],
    );
  },
);

test(
  'where nothing is proven twice the epochs are tried as long as the curve improves, and told ' +
    'with the line to write',
  async () => {
    const ports = fakePorts(scripted(16));
    const falling = (request: TrainRequest): Promise<TrainResult> => {
      const { epochs } = request.study.config;
      const curve = Array.from(
        { length: epochs },
        (_, epoch) => 1 / (epoch + 1) + (rateOf(request) === 0.001 ? 0 : 1),
      );
      const trials = request.seeds.map((seed) => ({
        outcome: 'completed' as const,
        seed,
        metric: (curve.at(-1) ?? NaN) + seed * 1e-5,
        curves: { val_loss: curve },
        epochs,
        seconds: { fit: 1, total: 1 },
      }));
      return Promise.resolve({
        trials,
        parameters: 8,
        environment: { cortex: '0', runtime: 'fake', probe: {}, versions: {}, platform: 'fake' },
        dataHash: 'data',
      });
    };
    const report = await improveModel(study, options(0, 'check'), {
      ...ports,
      trainer: { ...ports.trainer, train: falling },
    });
    assert.match(
      report.adequacy[0] ?? '',
      /^Your baseline stops too early: 40 epochs instead of 20 lowers val_loss from 0\.05\S* to 0\.025\S* .*Write "epochs": 40 in cortex\.json/,
    );
  },
);

test(
  'where nothing does better the search begins at once, and the gate is passed once: a later ' +
    'run reads its record',
  async () => {
    const ports = fakePorts(scripted(16, 32));
    const asked: number[] = [];
    const trainer = {
      ...ports.trainer,
      train: (request: TrainRequest) => {
        asked.push(request.study.config.epochs);
        return ports.trainer.train(request);
      },
    };
    const report = await improveModel(study, options(2, 'check'), { ...ports, trainer });
    assert.deepEqual(
      report.attempts.map(({ operator }) => operator),
      ['widen', 'widen'],
    );
    assert.equal(asked.filter((epochs) => epochs < study.config.epochs).length, 3);
    assert.match(
      ports.store.attempts[1]?.verdict.text ?? '',
      /^The baseline is trained well enough: none of 3 other ways to train it was proven better; it beats a trivial and a linear model\.$/,
    );
    await improveModel(study, options(1, 'check'), { ...ports, trainer, proposer: scripted(64) });
    assert.equal(asked.filter((epochs) => epochs < study.config.epochs).length, 3);
    assert.equal(
      ports.store.attempts.filter(({ proposal }) => proposal?.operator === 'adequacy-check').length,
      1,
    );
  },
);

test('a check that is stopped is recorded as cancelled, and made again', async () => {
  const ports = fakePorts(scripted(16));
  const stop = new AbortController();
  const train = (request: TrainRequest): Promise<TrainResult> => {
    if (request.study.config.epochs < study.config.epochs) stop.abort();
    return ports.trainer.train(request);
  };
  await assert.rejects(
    improveModel(
      study,
      { ...options(1, 'check'), signal: stop.signal },
      { ...ports, trainer: { ...ports.trainer, train } },
    ),
    { kind: 'cancelled' },
  );
  assert.deepEqual(
    ports.store.attempts.map(({ verdict }) => verdict.kind),
    ['baseline', 'cancelled'],
  );
  await improveModel(study, options(0, 'check'), ports);
  assert.equal(ports.store.attempts.at(-1)?.verdict.kind, 'inconclusive');
});

test('a check that is stopped in its last run is cancelled all the same, not passed', async () => {
  const ports = fakePorts(scripted(16));
  const stop = new AbortController();
  const train = (request: TrainRequest): Promise<TrainResult> => {
    if (rateOf(request) === 0.01) stop.abort();
    return noisy({ 8: [1, 1, 1] })(request);
  };
  await assert.rejects(
    improveModel(
      study,
      { ...options(1, 'check'), signal: stop.signal },
      { ...ports, trainer: { ...ports.trainer, train } },
    ),
    { kind: 'cancelled' },
  );
  assert.equal(ports.store.attempts.at(-1)?.verdict.kind, 'cancelled');
});

test(
  'a network that is far better than a linear model is not said to be no better, however few ' +
    'seeds its race took',
  async () => {
    const ports = fakePorts(scripted(16));
    const train = noisy({ 8: [1, 1.02, 0.98], 16: [0.2, 0.23, 0.21] });
    const references = (): Promise<ReferenceScores> =>
      Promise.resolve({ trivial: { val_loss: 3 }, linear: { val_loss: 0.4 } });
    const report = await improveModel(study, options(1, 'check'), {
      ...ports,
      trainer: { ...ports.trainer, train, references },
    });
    assert.deepEqual([report.best.verdict, report.best.metric?.values], ['better', [0.2, 0.23]]);
    assert.deepEqual(
      report.adequacy.map((text) => text.slice(0, 36)),
      ['A linear model does at least as well'],
    );
  },
);

test('a linear model that does as well is told before anything is proposed', async () => {
  const ports = fakePorts(scripted(16));
  const linear = { trivial: { val_loss: 1.2 }, linear: { val_loss: 1.1 } };
  const report = await improveModel(study, options(1, 'check'), {
    ...ports,
    trainer: {
      ...ports.trainer,
      train: (request) => ports.trainer.train(request),
      references: () => Promise.resolve(linear),
    },
  });
  assert.match(
    report.adequacy[1] ?? '',
    /^A linear model does at least as well as your network as it is: val_loss 1\.1 on the same data against val_loss 1\.25/,
  );
  assert.equal(report.adequacy.length, 2, 'the best network beats it');
  assert.match(
    report.adequacy[0] ?? '',
    /^Your network is no better than always giving the same answer/,
  );
  assert.deepEqual(
    ports.events
      .map(({ kind }) => kind)
      .filter((kind) => kind === 'adequacy' || kind === 'proposed'),
    ['adequacy', 'adequacy', 'proposed'],
  );
});
