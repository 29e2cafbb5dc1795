import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { architectureChanges } from '../../../src/propose/architectureChange.ts';
import { inconsistencies } from '../../../src/propose/consistency.ts';
import { apply, baseOf, digits, readChange } from './support.ts';

const DROPOUT = {
  op: 'insertLayers',
  after: 1,
  layers: [{ type: 'dropout', arguments: { rate: 0.3 } }],
};
const WIDER = { op: 'setArgument', layer: 1, name: 'units', value: 64 };
const RATE = { op: 'setCompile', optimizer: { type: 'adam', learningRate: 0.01 } };

function warnings(
  words: { title: string; reasoning?: string; operations?: readonly string[] },
  ...edits: readonly object[]
): readonly string[] {
  const answer = readChange(
    JSON.stringify({ reasoning: 'val_loss rises after epoch 12.', ...words, edits }),
  );
  const changed = apply(digits, ...edits);
  assert.ok(changed.ok, JSON.stringify(changed));
  return inconsistencies(answer, baseOf(digits).architecture, changed.value.architecture);
}

test('operations are read off the change', () => {
  const changed = apply(digits, DROPOUT, WIDER, RATE);
  assert.ok(changed.ok);
  assert.deepEqual(
    architectureChanges(baseOf(digits).architecture, changed.value.architecture).map(
      ({ topic, text }) => `${topic}: ${text}`,
    ),
    [
      'width: dense units: 16 → 64',
      'dropout: adds dropout',
      'learning-rate: learning rate 0.001 → 0.01',
    ],
  );
});

describe('words and change agree', () => {
  const honest: readonly [
    { title: string; reasoning?: string; operations?: readonly string[] },
    ...object[],
  ][] = [
    [{ title: 'Add dropout after the hidden layer', operations: ['add-dropout'] }, DROPOUT],
    [{ title: 'Widen the hidden layer to 64 units' }, WIDER],
    [
      {
        title: 'Raise the learning rate to 0.01',
        reasoning:
          'The loss still falls at the end; with early stopping impossible here, a higher ' +
          'rate gets there sooner.',
      },
      RATE,
    ],
    [
      {
        title: 'Add dropout instead of batch normalisation',
        reasoning: 'Batch normalisation was tried without success, so dropout is used.',
      },
      DROPOUT,
    ],
    [
      {
        title: 'Widen and regularise',
        reasoning: 'More units need dropout to hold the gap.',
        operations: ['widen', 'add-dropout'],
      },
      WIDER,
      DROPOUT,
    ],
  ];
  for (const [words, ...edits] of honest)
    test(words.title, () => {
      assert.deepEqual(warnings(words, ...edits), []);
    });
});

describe('they do not', () => {
  test('claims early stopping, the change has none', () => {
    assert.deepEqual(warnings({ title: 'Add early stopping and dropout' }, DROPOUT), [
      'The text claims early stopping; the change has none of it (it adds dropout).',
    ]);
  });
  test('claims it in the reasoning only', () => {
    assert.match(
      warnings(
        {
          title: 'Reduce overfitting with dropout',
          reasoning: 'We add batch normalization to steady training, and dropout.',
        },
        DROPOUT,
      ).join(),
      /claims batch normalisation/,
    );
  });
  test('says one thing and does another', () => {
    const found = warnings({ title: 'Add dropout' }, RATE);
    assert.equal(found.length, 2);
    assert.match(
      found[0] ?? '',
      /claims dropout; the change has none of it \(it sets learning rate 0\.001 → 0\.01\)/,
    );
    assert.match(
      found[1] ?? '',
      /sets learning rate 0\.001 → 0\.01, which the text does not mention/,
    );
  });
  test('does more than it says', () => {
    assert.match(
      warnings({ title: 'Add dropout' }, DROPOUT, WIDER).join(),
      /units: 16 → 64, which the text does not mention/,
    );
  });
});
