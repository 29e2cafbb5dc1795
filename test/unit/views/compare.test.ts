import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareAttempts } from '../../../src/show/views/compareAttempts.ts';
import { retrainAttempt } from '../../../src/loop/retrain.ts';
import { openSession } from '../../../src/loop/studySession.ts';
import { trainNow } from '../../../src/loop/trainBaseline.ts';
import { alignLayers, type ComparedLayer } from '../../../src/show/views/alignLayers.ts';
import { pairedRow } from '../../../src/show/views/pairedRow.ts';
import type { Attempt } from '../../../src/record/attempt.ts';
import { attempt, summaryOf } from './support.ts';
import { fakePorts, scripted, source, study } from '../core/fakePorts.ts';

const layer = (text: string): ComparedLayer => ({
  text,
  shape: '[8]',
  parameters: '1',
  flops: '1',
});
const aligned = (...architectures: readonly (readonly string[])[]) =>
  alignLayers(architectures.map((texts) => texts.map(layer))).map(({ cells }) =>
    cells.map((cell) => cell?.text ?? null),
  );

describe('layers side by side', () => {
  test('stand beside their like; what one lacks is a gap', () => {
    assert.deepEqual(
      aligned(
        ['dense(units: 8)', 'dense(units: 2)'],
        ['dense(units: 16)', 'dropout(rate: 0.5)', 'dense(units: 2)'],
      ),
      [
        ['dense(units: 8)', 'dense(units: 16)'],
        [null, 'dropout(rate: 0.5)'],
        ['dense(units: 2)', 'dense(units: 2)'],
      ],
    );
  });

  test('hold for more than two, and for none that could be read', () => {
    assert.deepEqual(
      aligned(['a', 'c'], ['b', 'c'], ['a', 'b', 'c']).map((cells) => cells.length),
      [3, 3, 3],
    );
    assert.deepEqual(aligned([], ['a']), [[null, 'a']]);
    assert.deepEqual(aligned([], []), []);
  });
});

test('a comparison tells layers, what differs beside them, and the difference seed by seed', async () => {
  const ports = fakePorts(scripted());
  await ports.syntax.load('typescript');
  const signal = new AbortController().signal;
  const one = await trainNow(await openSession(study, ports), source(8), signal, ports);
  const two = await trainNow(await openSession(study, ports), source(16), signal, ports);
  await retrainAttempt(study, { id: two.id, signal }, ports);
  const { attempts, layers, paired, differences, curves } = await compareAttempts(
    study,
    { ids: [one.id, two.id], data: null },
    ports,
  );
  assert.deepEqual(
    attempts.map(({ id }) => id),
    [one.id, two.id],
  );
  assert.deepEqual(
    layers.map(({ isSame }) => isSame),
    [false, true],
  );
  assert.match(layers[0]?.cells[1]?.text ?? '', /units: 16/);
  assert.deepEqual(
    paired[0]?.seeds.map(({ seed }) => seed),
    [1, 2, 3],
  );
  for (const { first, other, difference } of paired[0]?.seeds ?? [])
    assert.equal(difference, other - first);
  assert.ok((paired[0]?.mean ?? 0) < 0);
  assert.ok(differences.every(({ values }) => new Set(values).size > 1));
  const seeds = [one, two].map(({ metric }) => metric?.values.length);
  assert.deepEqual(
    curves.runs.map((run) => run.seeds.length),
    seeds,
    'each by its own seeds, though others were trained for it later',
  );
});

describe('an attempt and what it was judged against', () => {
  const [trial] = attempt.trials;
  assert.ok(trial);
  const compared = (number: number, own: Attempt) => ({
    summary: summaryOf(number, { id: own.id }),
    attempt: own,
    own,
    lens: null,
  });
  const verdict = { kind: 'better', text: '', comparisons: [] } as const;
  const parent = compared(0, { ...attempt, id: 'digits-0-x', trials: [trial], verdict });
  const child = compared(1, attempt);

  test('show the interval of the verdict, from either side', () => {
    const [row, back] = [pairedRow(parent, child, []), pairedRow(child, parent, [])];
    assert.deepEqual([row.mean, row.interval, row.confidence], [-0.003, [-0.004, -0.002], 0.95]);
    assert.deepEqual([back.mean, back.interval], [0.003, [0.002, 0.004]]);
  });

  test('are compared anew when one of them has more seeds since', () => {
    const more = [trial, { ...trial, seed: 3 }];
    const row = pairedRow(
      compared(0, { ...parent.attempt, trials: more }),
      compared(1, { ...attempt, trials: more }),
      [],
    );
    assert.deepEqual([row.mean, row.seeds.length], [0, 2]);
  });
});
