import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { OPERATORS } from '../../../src/propose/operators/operators.ts';
import { describeWish, foretellWish, readWish } from '../../../src/search/wish.ts';
import { contextFor, sequential } from '../operators/architectures.ts';

const context = contextFor(
  sequential([
    ['dense', { units: 16, activation: 'relu', inputShape: [10] }],
    ['dropout', { rate: 0.2 }],
    ['dense', { units: 1 }],
  ]),
);
const offers = OPERATORS.flatMap((operator) =>
  operator.candidates(context).map((candidate) => ({ operator, candidate })),
);

const kept = (text: string): readonly string[] => {
  const wish = readWish(text);
  return [
    ...new Set(
      offers
        .filter((offer) => wish.allows(offer) && wish.wants(offer))
        .map(({ operator }) => operator.name),
    ),
  ];
};

describe('wish', () => {
  test('half the size keeps what shrinks', () => {
    assert.deepEqual(kept('make it half the size'), ['narrow']);
    assert.deepEqual(readWish('make it half the size').understood, [
      'prefers a smaller or faster model',
    ]);
  });

  test('overfitting asks for regularisation that is added, not taken away', () => {
    const names = kept('it overfits');
    assert.ok(names.includes('strengthen-dropout') && names.includes('add-l2'));
    assert.ok(!names.includes('weaken-dropout'));
  });

  test('what is refused is left out, everything else stays', () => {
    const names = kept('no batch norm please');
    assert.ok(!names.includes('batch-normalization') && names.includes('layer-normalization'));
    assert.deepEqual(readWish('without batch normalization').understood, [
      'leaves out batch normalisation',
    ]);
  });

  test('operators can be named, several at once', () => {
    assert.deepEqual(kept('try another learning rate or optimizer'), [
      'raise-learning-rate',
      'lower-learning-rate',
      'swap-optimizer',
      'adamw',
      'lion',
      'radam',
    ]);
  });

  test('attention and recurrent layers can be asked for', () => {
    const sequence = contextFor(
      sequential([
        ['lstm', { units: 8, inputShape: [12, 3] }],
        ['dense', { units: 1 }],
      ]),
    );
    const named = (text: string): readonly string[] => {
      const wish = readWish(text);
      const all = OPERATORS.flatMap((operator) =>
        operator.candidates(sequence).map((candidate) => ({ operator, candidate })),
      );
      return [...new Set(all.filter(wish.wants).map(({ operator }) => operator.name))];
    };
    assert.deepEqual(named('use attention'), ['attention-over-steps']);
    assert.deepEqual(named('another LSTM or GRU'), [
      'swap-cell',
      'bidirectional',
      'convolution-over-steps',
    ]);
  });

  test('what is not understood filters nothing and is said', () => {
    const [offer] = offers;
    assert.ok(offer);
    const wish = readWish('it confuses 3 and 8');
    assert.deepEqual(wish.understood, []);
    assert.equal(
      kept('it confuses 3 and 8').length,
      new Set(offers.map(({ operator }) => operator.name)).size,
    );
    assert.match(describeWish(wish, offer), /could not make use of the wish “it confuses 3 and 8”/);
  });

  test('what will be made of it is said while it is written', () => {
    assert.equal(foretellWish('  '), null);
    assert.deepEqual(foretellWish('smaller, no dropout'), {
      text: 'The offline engine takes it so: it prefers a smaller or faster model, leaves out dropout.',
      isUsed: true,
    });
    const unknown = foretellWish('it confuses 3 and 8');
    assert.equal(unknown?.isUsed, false);
    assert.match(unknown?.text ?? '', /It knows: a smaller or faster model, .*initialisation\./);
  });

  test('no wish, no words', () => {
    const [offer] = offers;
    assert.ok(offer);
    assert.equal(describeWish(readWish(null), offer), '');
    assert.equal(describeWish(readWish('  '), offer), '');
  });
});
