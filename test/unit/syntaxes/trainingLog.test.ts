import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { trainingLogGrammar, type Token } from './tokens.ts';

const folder = 'test/fixtures/logs';
const linesOf = (file: string): readonly string[] =>
  readFileSync(`${folder}/${file}`, 'utf8').split(/\r\n|\r|\n/);

let tokenize: (line: string) => readonly Token[] = () => [];

/** The texts of a line's tokens with a scope that begins so. */
const texts = (line: string, scope: string): readonly string[] =>
  tokenize(line)
    .filter((token) => token.scope.startsWith(scope))
    .map(({ text }) => text);

const epochs = (line: string): readonly string[] => texts(line, 'constant.numeric.epoch');
const metrics = (line: string): readonly string[] => texts(line, 'variable.other.metric');
const validation = (line: string): readonly string[] =>
  texts(line, 'entity.name.type.metric.validation');
const numbers = (line: string): readonly string[] =>
  tokenize(line)
    .filter(({ scope }) => scope === 'constant.numeric')
    .map(({ text }) => text);
const dimmed = (line: string): readonly string[] => texts(line, 'comment');

describe('the grammar of training logs', () => {
  before(async () => {
    tokenize = await trainingLogGrammar();
  });

  test(
    'tells epochs, training and validation metrics and their numbers apart, however they are ' +
      'written',
    () => {
      const cases: readonly (readonly [
        file: string,
        line: number,
        {
          readonly e: readonly string[];
          readonly m: readonly string[];
          readonly v: readonly string[];
          readonly n: readonly string[];
        },
      ])[] = [
        [
          'keras3-lines.log',
          2,
          {
            e: [],
            m: ['accuracy', 'loss'],
            v: ['val_accuracy', 'val_loss'],
            n: ['0.3889', '0.8820', '0.4333', '0.7639'],
          },
        ],
        [
          'pytorch-bracket.log',
          4,
          {
            e: ['4', '6'],
            m: ['train_loss', 'lr'],
            v: ['val_loss'],
            n: ['0.5234', '0.6544', '5.00e-04', '0.6544'],
          },
        ],
        ['pytorch-bars.log', 1, { e: ['1'], m: ['train'], v: ['valid'], n: ['0.9123', '0.9511'] }],
        [
          'pytorch-slashes.log',
          1,
          {
            e: ['1'],
            m: ['train/loss', 'train/acc'],
            v: ['val/loss', 'val/acc'],
            n: ['0.9123', '0.5512', '0.9511', '0.5411'],
          },
        ],
        [
          'pytorch-sections.log',
          1,
          {
            e: ['1'],
            m: ['train', 'loss', 'acc', 'loss', 'acc'],
            v: ['val'],
            n: ['0.9123', '0.5512', '0.9511', '0.5411'],
          },
        ],
        [
          'pytorch-logger.log',
          1,
          { e: ['1', '6'], m: ['Train Loss'], v: ['Val Loss'], n: ['0.9123', '0.9511'] },
        ],
        [
          'pytorch-short.log',
          1,
          { e: ['1'], m: ['loss'], v: ['val_loss'], n: ['0.9123', '0.9511'] },
        ],
        [
          'tfjs-console.log',
          3,
          {
            e: [],
            m: ['acc', 'loss'],
            v: ['val_acc', 'val_loss'],
            n: ['0.5512', '0.9123', '0.5411', '0.9511'],
          },
        ],
        [
          'huggingface-trainer.log',
          3,
          {
            e: ['1.0'],
            m: [],
            v: ["'eval_loss'", "'eval_accuracy'", "'eval_runtime'", "'eval_samples_per_second'"],
            n: ['0.9511', '0.5411', '1.1', '90.5'],
          },
        ],
        [
          'lightgbm.log',
          1,
          {
            e: ['1'],
            m: ["training's binary_logloss", "training's auc"],
            v: ["valid_1's binary_logloss", "valid_1's auc"],
            n: ['0.639108', '0.922222', '0.628637', '0.96663'],
          },
        ],
        [
          'xgboost.log',
          1,
          {
            e: ['0'],
            m: ['train-logloss', 'train-error'],
            v: ['eval-logloss', 'eval-error'],
            n: ['0.55031', '0.15000', '0.51834', '0.08333'],
          },
        ],
        ['skorch.log', 1, { e: [], m: ['train_loss'], v: ['valid_acc', 'valid_loss'], n: [] }],
      ];
      for (const [file, number, { e, m, v, n }] of cases) {
        const line = linesOf(file)[number - 1] ?? '';
        assert.deepEqual(
          { e: epochs(line), m: metrics(line), v: validation(line), n: numbers(line) },
          { e, m, v, n },
          `${file}:${number}`,
        );
      }
    },
  );

  test('marks what went wrong, and what went best', () => {
    const [broken = ''] = linesOf('nan-and-inf.log').slice(4);
    assert.deepEqual(texts(broken, 'invalid.illegal.not-a-number'), ['nan', 'NaN']);
    assert.deepEqual(texts('Epoch 4: loss=0.52 val_loss=inf', 'invalid.illegal.not-a-number'), [
      'inf',
    ]);
    assert.deepEqual(
      texts('UserWarning: lr_scheduler.step() before optimizer.step()', 'string.warning'),
      ['UserWarning'],
    );
    assert.deepEqual(texts('RuntimeError: CUDA out of memory', 'invalid.error'), [
      'RuntimeError',
      'out of memory',
    ]);
    assert.deepEqual(texts(linesOf('pytorch-bracket.log')[0] ?? '', 'entity.name.function.best'), [
      'best_val',
    ]);
    assert.deepEqual(
      texts(
        'Epoch 3: val_loss improved from 0.9 to 0.8, saving model to m.keras',
        'entity.name.function.best',
      ),
      ['improved', 'saving model'],
    );
    assert.deepEqual(texts('information about infinity pools', 'invalid'), []);
  });

  test('dims progress bars, times, colour codes and what they overwrote', () => {
    const bar = linesOf('keras2-bar.log').find((line) => line.startsWith('29/34')) ?? '';
    assert.ok(
      dimmed(bar).includes('[=============================>.....]') &&
        dimmed(bar).includes('ETA: 5s'),
      bar,
    );
    assert.deepEqual(
      dimmed('Epoch 1/6:  50%|#####     | 17/34 [00:00<00:00, 30.1it/s, loss=3.1]'),
      ['50%|#####     |', '17/34', '[00:00<00:00', '30.1it/s'],
    );
    assert.deepEqual(dimmed('\u001b[32m━━━━\u001b[0m loss: 0.1\b\b\b'), [
      '\u001b[32m',
      '━━━━',
      '\u001b[0m',
      '\b\b\b',
    ]);
    assert.deepEqual(dimmed('2026-03-01 10:00:01,123 - trainer - INFO - Epoch 1/6'), [
      '2026-03-01 10:00:01,123',
      'INFO',
    ]);
  });

  test('a place in a source file is no metric', () => {
    for (const file of ['main.py', 'train.py', 'src/eval.py'])
      assert.deepEqual(
        {
          metrics: metrics(`${file}:120: UserWarning: lr=0.5`),
          validation: validation(`${file}:120: `),
        },
        { metrics: ['lr'], validation: [] },
        file,
      );
    assert.deepEqual(metrics('acc.top1:0.93 loss:0.5'), ['acc.top1', 'loss']);
  });

  test('every text fixture shows an epoch or a column of them, a metric and numbers', () => {
    for (const file of readdirSync(folder).filter((name) => /\.(?:log|csv)$/.test(name))) {
      const lines = linesOf(file).slice(0, 12);
      assert.ok(
        lines.some((line) => texts(line, 'keyword.control.epoch').length > 0) ||
          file === 'ultralytics-results.csv',
        `${file}: an epoch`,
      );
      assert.ok(
        lines.some((line) => metrics(line).length + validation(line).length > 0),
        `${file}: a metric`,
      );
      assert.ok(
        lines.some((line) => numbers(line).length > 0),
        `${file}: a number`,
      );
    }
  });

  test('a long line takes no longer than its length, whatever stands in it', () => {
    const line =
      'Epoch 1/6 loss: 0.123 val_loss: nan ━━━ 12ms/step [00:01<00:02, 3it/s] a_b.c/d-e '.repeat(
        120,
      );
    const start = performance.now();
    tokenize(line);
    assert.ok(
      performance.now() - start < 1000,
      `${(performance.now() - start).toFixed(0)} ms for ${line.length} characters`,
    );
    const from = performance.now();
    tokenize(`${'a-'.repeat(5_000)}=`);
    tokenize(`val ${'x/'.repeat(5_000)} `);
    assert.ok(performance.now() - from < 2000, 'no pattern backtracks without end');
  });
});
