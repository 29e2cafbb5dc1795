import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readMarks } from '../../../src/search/marks/readMarks.ts';
import { placeTunables } from '../../../src/search/marks/tunables.ts';
import { writeMarks } from '../../../src/search/marks/mark.ts';
import type { Tunable } from '../../../src/record/proposalRecord.ts';

function marksIn(text: string) {
  const read = readMarks(text);
  if (!read.ok) throw read.error;
  return read.value;
}

/** The only one of a text. */
function markIn(text: string) {
  const [mark, ...others] = marksIn(text);
  assert.ok(mark && others.length === 0, text);
  return { ...mark.dimension, first: mark.first, literal: text.slice(mark.start, mark.end) };
}

describe('a mark beside a constant', () => {
  test('is a range of whole numbers, by the logarithm where it says so', () => {
    assert.partialDeepStrictEqual(markIn('const HIDDEN: number = 64; // cortex: 16..256 log'), {
      ...{ kind: 'integer', name: 'HIDDEN', low: 16, high: 256, log: true, initial: 64 },
      literal: '64',
    });
  });

  test('is a real range where one of its numbers is', () => {
    for (const [text, low, high] of [
      ['layers.Dropout(0.3),  # cortex: 0..0.6', 0, 0.6],
      ['rate = 1e-3  # cortex: 1e-5..1e-1 log', 1e-5, 0.1],
      ['  rate: 1, /* cortex: 0..2 real */', 0, 2],
      ['shift = -1.5 # cortex: -2..2', -2, 2],
    ] as const)
      assert.partialDeepStrictEqual(markIn(text), { kind: 'real', low, high });
  });

  test('is a choice, spelled as what stands there', () => {
    const act = markIn(`act = "relu"  # cortex: relu | elu | 'gelu'`);
    assert.partialDeepStrictEqual(act, { kind: 'categorical', initial: '"relu"' });
    assert.deepEqual(act.kind === 'categorical' && act.choices, ['"relu"', '"elu"', '"gelu"']);
    const flag = markIn('bias = True  # cortex: True | False');
    assert.deepEqual(flag.kind === 'categorical' && flag.choices, ['True', 'False']);
  });

  test('may stand alone above its line, and name what it means in it', () => {
    assert.equal(markIn('# cortex: 8..64 default 16\n# wide\n\nUNITS = 32').first, 16);
    const line =
      "dense({ units: 32, activation: 'relu' }) // cortex: units 8..64; activation relu | elu";
    assert.deepEqual(
      marksIn(line).map(({ dimension }) => dimension.name),
      ['units', 'activation'],
    );
    assert.equal(markIn('x = 7 // 2  # cortex: x 1..9').literal, '7');
    assert.equal(markIn('this.#units = 32; // cortex: 16..64').literal, '32');
  });

  test('may depend on another, wherever that stands', () => {
    const marks = marksIn(
      'decay = 0.9  # cortex: 0..0.99 when opt is sgd | rmsprop\n' +
        'opt = "adam"  # cortex: adam | sgd | rmsprop',
    );
    assert.deepEqual(
      marks.map(({ dimension }) => [dimension.name, dimension.when?.is]),
      [
        ['opt', undefined],
        ['decay', ['"sgd"', '"rmsprop"']],
      ],
    );
  });

  test('of the same name as another is told apart by its line', () => {
    const marks = marksIn('a = Dense(8) # cortex: 4..16\nb = Dense(8) # cortex: 4..16');
    assert.deepEqual(
      marks.map(({ dimension }) => dimension.name),
      ['Dense (line 1)', 'Dense (line 2)'],
    );
  });

  test('is neither an end of a marked region nor the text of a string', () => {
    assert.deepEqual(marksIn('# cortex: begin\nx = 1\n# cortex: end\n'), []);
    assert.deepEqual(marksIn(`const url = 'a // cortex: 1..2';`), []);
  });
});

describe('a mark that cannot be used is refused with its line, in words', () => {
  const bad: readonly (readonly [string, RegExp])[] = [
    ['x = 64 # cortex: 16-256', /names neither a range nor choices/],
    ['x = 64 # cortex:', /names neither a range nor choices/],
    ['x = 64 # cortex: 16..256 lin', /“lin”, which is no word of a mark/],
    ['x = 64 # cortex: 256..16', /ends before it begins/],
    ['x = 64 # cortex: 1..32', /x is 64, which is not in 1\.\.32/],
    ['x = 1 # cortex: 0..2 log', /has no logarithm/],
    ['x = 1.5 # cortex: 0..2 integer', /said to be whole/],
    ['x = 1 # cortex: 0..2 default 3', /default 3 is not in 0\.\.2/],
    ['x = "a" # cortex: a | b default c', /default c is none of its choices/],
    ['x = "a" # cortex: a | b log', /log is for a range/],
    ['x = y # cortex: 1..2', /nothing stands there/],
    ['f(1, 2) # cortex: 1..2', /1, 2 stand there; say which/],
    ['f(a=1, b=2) # cortex: c 1..2', /no c is given a value there/],
    ['x = 1 # cortex: 0..2 when y is 1', /no other mark named y/],
    ['x = 1 # cortex: 0..2 when y is z\ny = "a" # cortex: a | b', /y is never z/],
    ['a = 1 # cortex: 1..2 when b is 1\nb = 1 # cortex: 1..2 when a is 1', /depend on each other/],
  ];
  for (const [text, words] of bad)
    test(text.split('\n')[0] ?? text, () => {
      const read = readMarks(`\n${text}`);
      assert.ok(!read.ok);
      assert.equal(read.error.code, 'search-mark-unusable');
      assert.equal(read.error.line, 2);
      assert.match(read.error.happened, words);
    });
});

test('what a configuration says is written in the place of the literal, and nothing else', () => {
  const text = 'units = 32  # cortex: 8..64\nact = "relu"  # cortex: relu | elu\nseed = 32\n';
  const marks = marksIn(text);
  assert.equal(
    writeMarks(text, marks, { units: 48, act: '"elu"' }),
    'units = 48  # cortex: 8..64\nact = "elu"  # cortex: relu | elu\nseed = 32\n',
  );
  assert.equal(writeMarks(text, marks, { units: 32 }), text);
});

describe('what the author of a proposal would tune', () => {
  const tunable = (change: Partial<Tunable>): Tunable => ({
    ...{ name: 'dropout rate', kind: 'real', low: 0.1, high: 0.6, choices: [], log: false },
    initial: 0.3,
    ...change,
  });
  const text = `model.add(tf.layers.dense({ units: 32, activation: 'relu' }));
model.add(tf.layers.dropout({ rate: 0.3 }));
const learningRate = 0.01;
`;

  test('is found where the text has it', () => {
    const { marks, left } = placeTunables(
      text,
      [
        tunable({}),
        tunable({ name: 'learning rate', initial: 0.01, low: 1e-4, high: 0.1, log: true }),
        tunable({ name: 'activation', kind: 'categorical', choices: ['elu'], initial: 'relu' }),
      ],
      [],
    );
    assert.deepEqual(left, []);
    assert.deepEqual(
      marks.map(({ start, end }) => text.slice(start, end)),
      ['0.3', '0.01', "'relu'"],
    );
  });

  test('is left out, by its name, where it is not there, twice there or marked already', () => {
    const twice = `${text}model.add(tf.layers.dropout({ rate: 0.3 }));\n`;
    assert.deepEqual(placeTunables(twice, [tunable({})], []).left, ['dropout rate']);
    assert.deepEqual(placeTunables(text, [tunable({ initial: 0.2 })], []).left, ['dropout rate']);
    assert.deepEqual(placeTunables(text, [tunable({ low: null })], []).left, ['dropout rate']);
    const marked = text.replace('0.3 }));', '0.3 })); // cortex: 0..0.5');
    const { left } = placeTunables(marked, [tunable({})], marksIn(marked));
    assert.deepEqual(left, ['dropout rate']);
  });
});
