import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readFit } from '../../../src/adapters/scripts/readFit.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { isLengthGuessed, lengthsText, RUN_SAYS } from '../../../src/study/lengths.ts';

describe('epochs and batch of a training script, read without running it', () => {
  const cases: readonly (readonly [string, string, number | null, number | null])[] = [
    ['numbers', 'model.fit(x, y, epochs=50, batch_size=64)', 50, 64],
    ['an object', 'await model.fit(xs, ys, {\n  epochs: 7,\n  batchSize: 16,\n});', 7, 16],
    [
      'constants',
      'EPOCHS = 1_200\nBS: int = 8\nm.fit(x, y, epochs=EPOCHS, batch_size=BS)',
      1200,
      8,
    ],
    ['shorthand', 'const epochs = 9, batchSize = 4;\nm.fit(x, y, { epochs, batchSize })', 9, 4],
    [
      'arguments of a program',
      'p.add_argument("--epochs", type=int, default=30)\n' +
        'p.add_argument("--batch-size", type=int, default=128)\n' +
        'm.fit(x, y, epochs=args.epochs, batch_size=args.batch_size)',
      30,
      128,
    ],
    ['a configuration', 'CFG = {"epochs": 12, "batch_size": 10}\nm.fit(x, y, **CFG)', 12, 10],
    ['options of their own', 'const o = { epochs: 3, batchSize: 2 };\nm.fit(x, y, o)', 3, 2],
    ['what fit takes by itself', 'm.fit(x, y, epochs=5)', 5, 32],
    ['a data set in batches', 'd = d.batch(256)\nm.fit(d, epochs=5)', 5, 256],
    [
      'a loop',
      'for epoch in tqdm(range(1, EPOCHS + 1)):\n  for b in DataLoader(d, batch_size=20): pass\n' +
        'EPOCHS = 40',
      40,
      20,
    ],
    ['several that agree', 'a.fit(x, y, epochs=5)\nb.fit(x, y, epochs=5)', 5, 32],
    ['several that do not', 'a.fit(x, y, epochs=5)\nb.fit(x, y, epochs=6)', null, 32],
    ['a name with two numbers', 'E = 3\nE = 4\nm.fit(x, y, epochs=E, batch_size=1)', null, 1],
    ['what is computed', 'm.fit(x, y, epochs=count(), batch_size=1)', null, 1],
    ['no comment', '# m.fit(x, y, epochs=3)\nm.fit(x, y, epochs=8, batch_size=1)', 8, 1],
  ];
  for (const [what, text, epochs, batchSize] of cases)
    test(what, () => {
      const { line: _line, ...read } = readFit(text) ?? {};
      assert.deepEqual(read, { epochs, batchSize });
    });

  test('and nothing of a file that trains nothing', () => {
    assert.equal(readFit('scaler.transform(x)\nfor i in range(3): pass'), null);
  });
});

describe('how long a study trains is said, with who says so', () => {
  const config = studyConfigSchema.parse({ epochs: 50 });
  const textOf = (epochs: string | null, batchSize: string | null): string | null =>
    lengthsText({ config, lengths: { epochs, batchSize } });

  test('as in the project', () => {
    assert.equal(
      textOf('train.py, line 12', 'train.py, line 12'),
      'Trains 50 epochs, batches of 32, as in train.py, line 12.',
    );
  });

  test('what is taken where nobody says it', () => {
    assert.match(
      textOf('train.py, line 12', null) ?? '',
      /^Trains 50 epochs \(train\.py, line 12\), batches of 32: no call of fit .* "batchSize" in/,
    );
    assert.equal(isLengthGuessed({ lengths: { epochs: null, batchSize: null } }), true);
    assert.equal(isLengthGuessed({ lengths: { epochs: 'cortex.json', batchSize: null } }), false);
  });

  test('and not where they wrote it, or were told', () => {
    assert.equal(textOf('cortex.json', RUN_SAYS), null);
    assert.equal(lengthsText({ config }), null);
  });
});
