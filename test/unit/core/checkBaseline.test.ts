import assert from 'node:assert/strict';
import { test } from 'node:test';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { ReferenceScores } from '../../../src/record/dataProfile.ts';
import type { TrainRequest, TrainResult } from '../../../src/ports/trainer.ts';
import { fakePorts, options, scripted, study } from './fakePorts.ts';
import { noisy, rateOf, rated } from './tableTrainer.ts';
import { changeOf } from '../../records.ts';

test(
  'an under-trained baseline is told first: the learning rate is the first proposal, and what ' +
    'it brings is said in words',
  async () => {
    const ports = fakePorts(scripted(16));
    const report = await improveModel(study, options(1, 'first'), {
      ...ports,
      trainer: { ...ports.trainer, train: rated(0.01) },
    });
    const [attempt] = report.attempts;
    assert.deepEqual(
      { operator: attempt?.operator, title: attempt?.title, verdict: attempt?.verdict },
      { operator: 'learning-rate-probe', title: 'Learning rate 0.001 → 0.01', verdict: 'better' },
    );
    const finding =
      /^Your baseline is under-trained, not too small: learning rate 0\.01 instead of 0\.001 lowers val_loss from 1 to 0\.55 \(2 shared seeds, 98\.33 % interval of the change −0\.84\S* to −0\.05\S*\)\./;
    assert.match(report.findings[0] ?? '', finding);
    const [, check, proposed] = ports.store.attempts;
    assert.match(changeOf(proposed).proposal.reasoning, finding);
    assert.equal(
      changeOf(proposed).proposal.evidence.length,
      4,
      'three short runs and one in full',
    );
    assert.deepEqual(
      ports.events
        .map(({ kind }) => kind)
        .filter((kind) => kind === 'checked' || kind === 'proposed')
        .slice(0, 2),
      ['checked', 'proposed'],
    );
    assert.deepEqual(
      { checkKind: check?.kind, trials: check?.trials, verdictKind: check?.verdict.kind },
      { checkKind: 'check', trials: [], verdictKind: 'inconclusive' },
    );
  },
);

test('where nobody says how long the user trains, nothing is called under-trained', async () => {
  const ports = fakePorts(scripted(16));
  const guessed = { ...study, lengths: { epochs: null, batchSize: null } };
  const report = await improveModel(guessed, options(1, 'first'), {
    ...ports,
    trainer: { ...ports.trainer, train: rated(0.01) },
  });
  assert.match(
    report.findings[0] ?? '',
    /^Your baseline learns slowly in the 20 epochs that are taken where nobody says how many you/,
  );
  assert.doesNotMatch(JSON.stringify([report, ports.events]), /under-trained/i);
  const [told] = ports.events.flatMap((event) => (event.kind === 'notice' ? [event.text] : []));
  assert.match(told ?? '', /^Trains 20 epochs, batches of 32: no call of fit was found/);
});

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
    await improveModel(study, options(1, 'first'), {
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
    assert.equal(proposed?.effect.predicted, null, 'what was measured is no prediction');
    const record = ports.store.attempts[1];
    const runs = record?.kind === 'check' ? record.checked.runs : [];
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
        measures: { val_loss: (curve.at(-1) ?? NaN) + seed * 1e-5 },
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
    const report = await improveModel(study, options(0, 'first'), {
      ...ports,
      trainer: { ...ports.trainer, train: falling },
    });
    assert.match(
      report.findings[0] ?? '',
      /^Your baseline stops too early: 40 epochs instead of 20 lowers val_loss from 0\.05\S* to 0\.025\S* .*Write "epochs": 40 in cortex\.json/,
    );
  },
);

test(
  'where nothing does better the search begins at once, and the check is passed once: a later ' +
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
    const report = await improveModel(study, options(2, 'first'), { ...ports, trainer });
    assert.deepEqual(
      report.attempts.map(({ operator }) => operator),
      ['widen', 'widen'],
    );
    assert.equal(asked.filter((epochs) => epochs < study.config.epochs).length, 3);
    assert.match(
      ports.store.attempts[1]?.verdict.text ?? '',
      /^The baseline is trained well enough: none of 3 other ways to train it was proven better; it beats a trivial and a linear model\.$/,
    );
    await improveModel(study, options(1, 'first'), { ...ports, trainer, searcher: scripted(64) });
    assert.equal(asked.filter((epochs) => epochs < study.config.epochs).length, 3);
    assert.equal(ports.store.attempts.filter(({ kind }) => kind === 'check').length, 1);
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
      { ...options(1, 'first'), signal: stop.signal },
      { ...ports, trainer: { ...ports.trainer, train } },
    ),
    { kind: 'cancelled' },
  );
  assert.deepEqual(
    ports.store.attempts.map(({ verdict }) => verdict.kind),
    ['baseline', 'cancelled'],
  );
  await improveModel(study, options(0, 'first'), ports);
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
      { ...options(1, 'first'), signal: stop.signal },
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
    const report = await improveModel(study, options(1, 'first'), {
      ...ports,
      trainer: { ...ports.trainer, train, references },
    });
    assert.deepEqual(
      { verdict: report.best.verdict, values: report.best.metric?.values },
      { verdict: 'better', values: [0.2, 0.23] },
    );
    assert.deepEqual(
      report.findings.map((text) => text.slice(0, 36)),
      ['A linear model does at least as well'],
    );
  },
);

test('a linear model that does as well is told before anything is proposed', async () => {
  const ports = fakePorts(scripted(16));
  const linear = { trivial: { val_loss: 1.2 }, linear: { val_loss: 1.1 } };
  const report = await improveModel(study, options(1, 'first'), {
    ...ports,
    trainer: {
      ...ports.trainer,
      train: (request) => ports.trainer.train(request),
      references: () => Promise.resolve(linear),
    },
  });
  assert.match(
    report.findings[1] ?? '',
    /^A linear model does at least as well as your network as it is: val_loss 1\.1 on the same data against val_loss 1\.25/,
  );
  assert.equal(report.findings.length, 2, 'the best network beats it');
  assert.match(
    report.findings[0] ?? '',
    /^Your network is no better than always giving the same answer/,
  );
  assert.deepEqual(
    ports.events
      .map(({ kind }) => kind)
      .filter((kind) => kind === 'checked' || kind === 'proposed'),
    ['checked', 'checked', 'proposed'],
  );
});
