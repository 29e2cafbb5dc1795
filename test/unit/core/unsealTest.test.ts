import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openingsIn } from '../../../src/record/kinds.ts';
import { currentBest } from '../../../src/study/lineage.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { improveModel } from '../../../src/loop/improveModel.ts';
import type { TrainRequest } from '../../../src/ports/trainer.ts';
import { unsealTest } from '../../../src/loop/unsealTest.ts';
import { fakePorts, scripted, study } from './fakePorts.ts';
import { objectivesOf } from '../../../src/record/objectives.ts';

const signal = new AbortController().signal;

async function improved() {
  const ports = fakePorts(scripted(16));
  const { best } = await improveModel(
    study,
    { rounds: 1, wish: null, baselineCheck: 'skip', signal },
    ports,
  );
  return { ports, best };
}

test(
  'baseline and best are told with intervals; every opening is committed and counted, and none ' +
    'is ever best or parent',
  async () => {
    const { ports, best } = await improved();
    const first = await unsealTest(study, best.id, signal, ports);
    assert.match(
      first.text,
      /^On the sealed part: test loss 0\.629 \(0\.624 to 0\.634\), the baseline 1\.256 \(1\.249 to 1\.263\); difference −0\.627 \(.* to .*\); intervals at 95 %\. Opened for the first time\.$/,
    );
    const second = await unsealTest(study, best.id, signal, ports);
    assert.deepEqual(
      { firstOpening: first.opening, secondOpening: second.opening },
      { firstOpening: 1, secondOpening: 2 },
    );
    assert.match(second.text, /Opened 2 times by now: it is no longer untouched\.$/);
    const history = await ports.store.list(study);
    assert.equal(openingsIn(history), 2);
    assert.equal(currentBest(history, objectivesOf(study.config))?.id, best.id);
    assert.deepEqual(history.at(-1)?.metric, null);
  },
);

test('where one of the two does not train, nothing is shown, and it does not count as an opening', async () => {
  const { ports, best } = await improved();
  const failing = (request: TrainRequest) =>
    ports.trainer.train({ ...request, variant: { ...request.variant, text: 'units: 666,' } });
  await assert.rejects(
    unsealTest(study, best.id, signal, { ...ports, trainer: { ...ports.trainer, train: failing } }),
    (error) => error instanceof CortexError && error.code === 'unseal-not-trained',
  );
  const history = await ports.store.list(study);
  assert.deepEqual(
    {
      kind: history.at(-1)?.kind,
      verdict: history.at(-1)?.verdict,
      metric: history.at(-1)?.metric,
      openingsIn: openingsIn(history),
    },
    { kind: 'unsealing', verdict: 'crashed', metric: null, openingsIn: 0 },
  );
});

test('what is seen on the sealed part is in no draft: an interrupted opening shows nobody a number', async () => {
  const { ports, best } = await improved();
  const asked: TrainRequest[] = [];
  await unsealTest(study, best.id, signal, {
    ...ports,
    trainer: {
      ...ports.trainer,
      train: (request) => {
        asked.push(request);
        return ports.trainer.train(request);
      },
    },
  });
  assert.deepEqual(
    asked.map(({ evaluateOn, onTrial }) => [evaluateOn, onTrial]),
    [
      ['test', undefined],
      ['test', undefined],
    ],
  );
});

test('the baseline alone is trained once and compared with nothing', async () => {
  const { ports } = await improved();
  const [baseline] = await ports.store.list(study);
  const { text } = await unsealTest(study, baseline?.id ?? '', signal, ports);
  assert.match(
    text,
    /^On the sealed part: test loss 1\.256 \(.* to .*\), the baseline itself; intervals at 95 %\./,
  );
  assert.deepEqual(ports.store.attempts.at(-1)?.verdict.comparisons, []);
});
