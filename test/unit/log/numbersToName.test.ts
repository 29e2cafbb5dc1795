import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numbersToName } from '../../../src/log/numbersToName.ts';
import { numberAt } from '../../../src/log/patternOf.ts';

const lines = [
  'seed 7',
  'begun',
  ...[100, 50, 102].map((i) => `run a2 step ${i}: loss 0.${i}, 3e-4`),
];

test('the numbers of the lines that come most often are named by the words before them', () => {
  assert.deepEqual(numbersToName(lines.join('\n')), [
    { label: 'run a2 step 100', line: 2, offset: 12 },
    { label: 'loss 0.100', line: 2, offset: 22 },
    { label: '3e-4', line: 2, offset: 29 },
  ]);
});

test('each of them is a number that can be named', () => {
  for (const { line, offset } of numbersToName(lines.join('\r\n')))
    assert.notEqual(numberAt(lines[line] ?? '', offset), null);
});

test('a text without numbers has none to name', () => {
  assert.deepEqual(numbersToName('begun\nended'), []);
});
