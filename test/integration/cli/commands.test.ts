import assert from 'node:assert/strict';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { documents } from '../../../src/show/documents/contract.ts';
import { until } from '../../until.ts';
import { cortex, digitsCopy, git, root, startCortex } from './cortex.ts';

const edit = async (file: string, change: (text: string) => string): Promise<void> => {
  await writeFile(file, change(await readFile(file, 'utf8')));
};

describe('the terminal', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  before(async () => {
    copy = await digitsCopy();
    await edit(join(copy.folder, 'cortex.json'), (text) =>
      text.replace('"epochs": 20', '"epochs": 2'),
    );
  });
  after(() => copy.remove());

  test('inspect: layers with lines, shapes and parameters', async () => {
    const { code, stdout } = await cortex(copy.folder, 'inspect', 'model.ts', '--json');
    const document = documents.inspect.parse(JSON.parse(stdout));
    assert.equal(code, 0);
    assert.deepEqual(
      document.layers.map(({ type, outputShape, parameters }) => [type, outputShape, parameters]),
      [
        ['flatten', [64], 0],
        ['dense', [16], 1040],
        ['dense', [10], 170],
      ],
    );
    const lines = (await readFile(join(copy.folder, 'model.ts'), 'utf8')).split('\n');
    for (const layer of document.layers)
      assert.match(lines[(layer.line ?? 0) - 1] ?? '', new RegExp(`layers\\.${layer.type}`));
    assert.deepEqual(
      { parameters: document.parameters, memory: document.memory },
      { parameters: 1210, memory: 4840 },
    );
    assert.deepEqual(
      document.layers.map(({ flops }) => flops),
      [0, 2 * 64 * 16 + 16 + 16, 2 * 16 * 10 + 10 + 5 * 10],
    );
  });

  test('inspect reads a Python builder; improve says plainly that training it comes later', async () => {
    const python = join(root, 'examples', 'python', 'model.py');
    const document = documents.inspect.parse(
      JSON.parse((await cortex(copy.folder, 'inspect', python, '--json')).stdout),
    );
    assert.equal(document.language, 'python');
    assert.deepEqual(
      document.layers.map(({ outputShape }) => outputShape),
      [[8, 8, 1], [8, 8, 8], [4, 4, 8], [128], [32], [32], [10]],
    );
    assert.equal(document.parameters, 80 + 4128 + 330);
    const refused = await cortex(copy.folder, 'improve', python);
    assert.deepEqual(
      { code: refused.code, tells: /attach-no-script/.test(refused.stderr) },
      { code: 2, tells: true },
    );
  });

  test('diagnose: the numbers and the findings with their lines', async () => {
    const document = documents.diagnose.parse(
      JSON.parse((await cortex(copy.folder, 'diagnose', 'train_log.txt', '--json')).stdout),
    );
    assert.equal(document.epochs, 20);
    assert.equal(document.series['val_loss']?.length, 20);
    assert.ok((document.improvementRate ?? 0) > 0.5 && document.findings.length > 0);
  });

  test('diagnose: a run beside another, curves as sparklines', async () => {
    const { comparison } = documents.diagnose.parse(
      JSON.parse(
        (
          await cortex(
            copy.folder,
            'diagnose',
            'train_log.txt',
            '--against',
            'train_log.txt',
            '--json',
          )
        ).stdout,
      ),
    );
    assert.ok(
      comparison?.some(({ series, standing }) => series === 'val_loss' && standing === 'equal'),
    );
    assert.match(
      (await cortex(copy.folder, 'diagnose', 'train_log.txt')).stdout,
      /^val_loss +[▁▂▃▄▅▆▇█]{20} /m,
    );
    assert.equal((await cortex(copy.folder, 'diagnose', 'train_log.txt', '--run', '2')).code, 2);
  });

  test('propose trains nothing, and each proposal says why', async () => {
    const before = await git(copy.folder, 'for-each-ref');
    const { proposals } = documents.propose.parse(
      JSON.parse(
        (await cortex(copy.folder, 'propose', 'model.ts', '--count', '3', '--json')).stdout,
      ),
    );
    assert.equal(proposals.length, 3);
    assert.equal(new Set(proposals.map((proposal) => proposal.diff)).size, 3);
    for (const proposal of proposals)
      assert.ok(
        proposal.reasoning.length > 40 &&
          proposal.evidence.length > 0 &&
          proposal.confidence !== null,
      );
    assert.equal(await git(copy.folder, 'for-each-ref'), before);
  });

  test('the same seed on the same history proposes the same', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => cortex(copy.folder, 'propose', 'model.ts', '--seed', '7', '--json')),
    );
    assert.equal(first?.stdout, second?.stdout);
  });

  test('train: metric over seeds, curves, and a commit', async () => {
    const document = documents.train.parse(
      JSON.parse((await cortex(copy.folder, 'train', 'model.ts', '--seeds', '2', '--json')).stdout),
    );
    assert.equal(document.metric.values.length, 2);
    assert.deepEqual(
      document.curves.map((curves) => curves['val_loss']?.length),
      [2, 2],
    );
    assert.equal((await git(copy.folder, 'rev-parse', 'cortex/digits')).trim(), document.commit);
  });

  test('Ctrl+C keeps the attempt as cancelled and ends with 130', async () => {
    await edit(join(copy.folder, 'cortex.json'), (text) =>
      text.replace('"epochs": 2', '"epochs": 2000'),
    );
    const child = startCortex(copy.folder, 'train', 'model.ts');
    await until(
      'the training to begin',
      async () => (await git(copy.folder, 'for-each-ref', 'refs/cortex/drafts')) !== '',
      120,
    );
    child.kill('SIGINT');
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 130);
    assert.match(await git(copy.folder, 'log', '-1', '--format=%s', 'cortex/digits'), /cancelled/);
    assert.equal(await git(copy.folder, 'for-each-ref', 'refs/cortex/drafts'), '');
  });
});

describe('wrong input', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cortex-wrong-'));
    await cp(join(root, 'examples', 'digits'), folder, { recursive: true });
    await edit(join(folder, 'cortex.json'), (text) => text.replace('"epochs": 20', '"epochs": 1'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const withModel = async (change: (text: string) => string, ...args: readonly string[]) => {
    const model = join(folder, 'model.ts');
    const original = await readFile(model, 'utf8');
    await writeFile(model, change(original));
    const run = await cortex(folder, ...args);
    await writeFile(model, original);
    return run;
  };

  test('without a repository, train works and says that nothing is kept; improve offers git init', async () => {
    const trained = await cortex(folder, 'train', 'model.ts', '--seeds', '2', '--json');
    assert.deepEqual(
      { code: trained.code, commit: documents.train.parse(JSON.parse(trained.stdout)).commit },
      { code: 0, commit: null },
    );
    const refused = await cortex(folder, 'improve', 'model.ts');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /git init/);
  });

  const cases: readonly (readonly [string, (text: string) => string, number, RegExp])[] = [
    [
      'a syntax error',
      (text) => text.replace('return model;', 'return model;;}'),
      2,
      /model-syntax-error/,
    ],
    ['no builder', () => 'export const nothing = 1;\n', 2, /model-no-builder/],
    [
      'two builders',
      (text) => `${text}export const build_model = () => tf.sequential();\n`,
      2,
      /model-two-builders/,
    ],
    [
      'a builder that throws',
      (text) => text.replace('return model;', "throw new Error('my own words');"),
      3,
      /my own words/,
    ],
    [
      'a builder that returns nothing',
      (text) => text.replace('return model;', 'return undefined as never;'),
      3,
      /returned/,
    ],
    [
      'a model of the wrong shape',
      (text) => text.replace('units: outputUnits', 'units: 3'),
      3,
      /shape|units/,
    ],
  ];
  for (const [name, change, code, message] of cases) {
    test(`${name} in the model file: train ends with ${code}`, async () => {
      const run = await withModel(change, 'train', 'model.ts');
      assert.equal(run.code, code, run.stderr);
      assert.match(run.stderr, message);
      assert.match(run.stderr, /expected: /);
    });
  }

  test('a study file with a wrong type names the key, what it got and what it expects', async () => {
    const config = join(folder, 'cortex.json');
    const original = await readFile(config, 'utf8');
    await writeFile(config, original.replace('"epochs": 1', '"epochs": "many"'));
    const run = await cortex(folder, 'train', 'model.ts');
    await writeFile(config, original);
    assert.equal(run.code, 2);
    assert.match(run.stderr, /"epochs" is "many"[\s\S]*a number/);
  });

  for (const args of [
    ['train', 'missing.ts'],
    ['diagnose', 'missing.txt'],
    ['show', '99'],
    ['improve', 'model.ts', '--rounds', 'x'],
    ['nonsense'],
    ['train'],
  ]) {
    test(`cortex ${args.join(' ')} ends with 2 and nothing on standard output`, async () => {
      const run = await cortex(folder, ...args);
      assert.deepEqual({ code: run.code, stdout: run.stdout }, { code: 2, stdout: '' });
      assert.ok(run.stderr.length > 20);
    });
  }

  test('an empty and a binary log are named as such', async () => {
    await writeFile(join(folder, 'empty.log'), '');
    await writeFile(
      join(folder, 'binary.log'),
      Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 37) % 256)),
    );
    for (const file of ['empty.log', 'binary.log']) {
      const run = await cortex(folder, 'diagnose', file);
      assert.equal(run.code, 2, run.stdout);
      assert.match(run.stderr, /log-/);
    }
  });
});
