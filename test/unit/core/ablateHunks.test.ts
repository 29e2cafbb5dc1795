import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ablateHunks } from '../../../src/loop/ablation/ablateHunks.ts';
import { concludeAblation } from '../../../src/loop/ablation/hunkEffects.ts';
import type { Failure } from '../../../src/record/trial.ts';
import { currentBest } from '../../../src/study/lineage.ts';
import { cancelledError, CortexError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import { validationUse } from '../../../src/judge/validationUse.ts';
import { ok, refuse } from '../../../src/util/result.ts';
import type { Ports } from '../../../src/loop/ports.ts';
import type { Trainer, TrainRequest } from '../../../src/ports/trainer.ts';
import { trackRecord } from '../../../src/study/trackRecord.ts';
import { fakePorts, scripted, source, study } from './fakePorts.ts';
import { objectivesOf } from '../../../src/record/objectives.ts';

const signal = new AbortController().signal;
const EXTRA = '  model.add(tf.layers.activation({ activation: "relu" }));\n';
const twoHunks = (units: number): string =>
  source(units).replace('  return model;', `${EXTRA}  return model;`);

/** Wider is better by much, the extra layer by nothing. */
const score = ({ text }: { readonly text: string }, seed: number): number =>
  (text.includes('units: 16,') ? 1 : 2) +
  0.01 * seed +
  (text.includes(EXTRA) ? 0.0005 * (seed % 2) : 0);

async function improved(build?: Trainer['build']) {
  const ports = fakePorts(scripted(16));
  const searcher: Ports['searcher'] = {
    name: 'two',
    ask: async (request) =>
      (await scripted(16).ask(request, 1)).map((proposal) => ({
        ...proposal,
        text: twoHunks(16),
      })),
  };
  const trained: { readonly text: string; readonly seeds: readonly number[] }[] = [];
  const train = async (request: TrainRequest) => {
    trained.push({ text: request.variant.text, seeds: request.seeds });
    const result = await ports.trainer.train(request);
    return {
      ...result,
      trials: result.trials.map((trial) =>
        trial.outcome === 'completed'
          ? { ...trial, measures: { val_loss: score(request.variant, trial.seed) } }
          : trial,
      ),
    };
  };
  const all = {
    ...ports,
    searcher,
    trainer: {
      ...ports.trainer,
      build: build ?? (() => Promise.resolve(ok({ layers: [], parameters: 1 }))),
      train,
    },
  };
  const { best } = await improveModel(
    study,
    { rounds: 1, wish: null, baselineCheck: 'skip', signal },
    all,
  );
  assert.equal(best.verdict, 'better');
  trained.length = 0;
  return { all, best, trained };
}

test('each hunk is left out on the same seeds, and what it brought is told', async () => {
  const { all, best, trained } = await improved();
  const effects = await ablateHunks(study, best.id, signal, all);
  assert.deepEqual(
    effects.map(({ header, verdict }) => [header, verdict]),
    [
      ['@@ -4,1 +4,1 @@', 'worse'],
      ['@@ -5,0 +6,1 @@', 'inconclusive'],
    ],
  );
  assert.deepEqual(
    effects.map(({ effect }) => effect?.seeds),
    [
      [1, 2],
      [1, 2],
    ],
  );
  assert.match(
    effects[0]?.text ?? '',
    /^Hunk 1 of 2: val_loss −1 \(95 % interval −.* to −.*, 2 shared seeds\): it pays\.$/,
  );
  assert.match(
    effects[1]?.text ?? '',
    /^Hunk 2 of 2: val_loss .*: cannot tell whether it matters\.$/,
  );
  assert.deepEqual(concludeAblation(effects), ['The gain is not shown to need hunk 2.']);
  assert.deepEqual(
    trained.map(({ text }) => text),
    [source(8).replace('  return model;', `${EXTRA}  return model;`), source(16)],
  );
});

test('ablations are attempts, but never best or parent, no proposals of anybody, and no looks', async () => {
  const { all, best } = await improved();
  const before = await all.store.list(study);
  await ablateHunks(study, best.id, signal, all);
  const history = await all.store.list(study);
  assert.deepEqual(
    history.slice(before.length).map(({ kind, parents }) => [kind, parents]),
    [
      ['ablation', [best.id]],
      ['ablation', [best.id]],
    ],
  );
  assert.equal(currentBest(history, objectivesOf(study.config))?.id, best.id);
  assert.deepEqual([...trackRecord(history).keys()], [...trackRecord(before).keys()]);
  assert.equal(validationUse(history, best).looks, validationUse(before, best).looks);
});

test('what was ablated before is not trained again; what was stopped is', async () => {
  const { all, best, trained } = await improved();
  const first = await ablateHunks(study, best.id, signal, all);
  const count = trained.length;
  assert.deepEqual(await ablateHunks(study, best.id, signal, all), first);
  assert.equal(trained.length, count);
});

test('hunks that only work together are said to', async () => {
  const isWhole = (text: string): boolean => text === twoHunks(16) || text === source(8);
  const refused: Failure = {
    kind: 'shape',
    message: 'Expected [10], got [7]',
    line: 5,
    stderr: [],
  };
  const { all, best } = await improved((_, { text }) =>
    Promise.resolve(isWhole(text) ? ok({ layers: [], parameters: 1 }) : refuse(refused)),
  );
  const effects = await ablateHunks(study, best.id, signal, all);
  assert.deepEqual(
    effects.map(({ effect, verdict }) => [effect, verdict]),
    [
      [null, 'invalid'],
      [null, 'invalid'],
    ],
  );
  assert.match(
    effects[0]?.text ?? '',
    /^Hunk 1 of 2: the rest does not build without it: Expected \[10\], got \[7\] \(line 5\)$/,
  );
  assert.deepEqual(concludeAblation(effects), ['Hunks 1 and 2 only work together.']);
});

test('a single hunk, and an attempt that brought nothing, are refused in words', async () => {
  const ports = fakePorts(scripted(16, 4));
  const { attempts } = await improveModel(
    study,
    { rounds: 2, wish: null, baselineCheck: 'skip', signal },
    ports,
  );
  const codeOf = (index: number): Promise<string> =>
    ablateHunks(study, attempts[index]?.id ?? '', signal, ports).then(
      () => '',
      (error: unknown) => (error instanceof CortexError ? error.code : ''),
    );
  assert.deepEqual(
    { first: await codeOf(0), second: await codeOf(1) },
    { first: 'ablate-one-hunk', second: 'ablate-not-better' },
  );
});

test('one that is stopped while it is built is recorded as cancelled, not left as a draft', async () => {
  let isStopped = false;
  const { all, best } = await improved(() =>
    isStopped
      ? Promise.reject(cancelledError('Building'))
      : Promise.resolve(ok({ layers: [], parameters: 1 })),
  );
  isStopped = true;
  await assert.rejects(ablateHunks(study, best.id, signal, all), { kind: 'cancelled' });
  assert.equal((await all.store.list(study)).at(-1)?.verdict, 'cancelled');
  assert.equal(all.store.drafts.size, 0);
});

test('a model file that is as an ablation was gets a baseline of its own', async () => {
  const { all, best } = await improved();
  await ablateHunks(study, best.id, signal, all);
  const ablation =
    (await all.store.list(study)).find(({ kind }) => kind === 'ablation') ?? assert.fail('none');
  const text = await all.store.readVariant(study, ablation.id);
  const files = {
    ...all.files,
    readModel: async () => ({ ...(await all.files.readModel(study)), text }),
  };
  const { baseline } = await improveModel(
    study,
    { rounds: 0, wish: null, baselineCheck: 'skip', signal },
    { ...all, files },
  );
  assert.deepEqual(
    { verdict: baseline.verdict, parents: baseline.parents },
    { verdict: 'baseline', parents: [] },
  );
  assert.ok(baseline.number > ablation.number);
});
