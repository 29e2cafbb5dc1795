import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Ports } from '../../../src/loop/ports.ts';
import { searchModel } from '../../../src/loop/sweep/searchModel.ts';
import type { AttemptStore } from '../../../src/ports/attemptStore.ts';
import type { Study } from '../../../src/study/study.ts';
import type { SweepSpec } from '../../../src/study/sweepSpec.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { curves } from './curveTrainer.ts';
import { fakePorts, scripted, study as plainStudy } from './fakePorts.ts';
import { rateOf, unitsOf } from './tableTrainer.ts';

const study = { ...plainStudy, config: studyConfigSchema.parse({ epochs: 8 }) };

/** A study whose first search has found what it has found, and another to be searched. */
async function searchAfterAnother(spec: Partial<SweepSpec> = {}) {
  const search = (ports: Ports, own: Partial<SweepSpec>) =>
    searchModel(
      study,
      { trials: 25, seed: 1, signal: new AbortController().signal, ...own },
      {
        ...ports,
        random: seededRandom(own.seed ?? 1),
        trainer: {
          ...ports.trainer,
          train: curves(
            (request) => 0.1 + Math.abs(Math.log10(rateOf(request) / 0.03)) + 1 / unitsOf(request),
          ),
        },
      },
    );
  const first = fakePorts(scripted());
  await search(first, {});
  const second = fakePorts(scripted());
  const other: Study = { ...study, name: 'other' };
  const storeOf = (of: Study) => (of.name === 'other' ? first.store : second.store);
  const store: AttemptStore = {
    list: (of) => storeOf(of).list(),
    read: (of, id) => storeOf(of).read(of, id),
    readVariant: (of, id) => storeOf(of).readVariant(of, id),
    saveDraft: (...draft) => second.store.saveDraft(...draft),
    record: (...attempt) => second.store.record(...attempt),
  };
  const ports = { ...second, store, others: { beside: () => Promise.resolve([other]) } };
  await search(ports, { seed: 2, trials: 6, ...spec });
  const told = second.events.flatMap((event) => (event.kind === 'notice' ? event.text : []));
  const sweep = second.store.attempts.find((each) => each.kind === 'sweep');
  return { told, values: sweep?.configurations.map((each) => each.values) ?? [] };
}

test('a search begins with what was best in another study of the repository, and says so', async () => {
  const { told, values } = await searchAfterAnother();
  assert.ok(
    told.some((text) => /^Learned from 1 sweep \(other\).*Tried early/.test(text)),
    told.join('\n'),
  );
  assert.ok(Math.abs(Math.log10(Number(values[1]?.['learning rate']) / 0.03)) < 0.3);
});

test('a search may ignore what other studies taught', async () => {
  const { told, values } = await searchAfterAnother({ experience: 'ignored' });
  assert.ok(told.every((text) => !text.startsWith('Learned from')));
  assert.equal(values[1]?.['learning rate'], 0.004, 'the first of the portfolio');
});
