import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readModel } from '../../../src/model/trainedModel.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { startBrowser } from '../../vscode/launch.ts';
import { exampleWorkspace } from '../../vscode/workspace.ts';
import { cortex, digitsCopy, root, startCortex } from '../cli/cortex.ts';
import { testPython } from '../python/pythonStudies.ts';
import { until } from '../../until.ts';

const SERVER = 'http://cortex.example';
const TFJS = join(root, 'node_modules', '@tensorflow', 'tfjs', 'dist', 'tf.min.js');

type Rows = readonly (readonly number[])[];

/** What a program that knows nothing of Cortex makes of an export. */
function predictedBy(runtime: string, program: string, folder: string, rows: Rows): Rows {
  const text = execFileSync(runtime, [join(root, 'examples', 'load', program), folder], {
    input: JSON.stringify(rows),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  return JSON.parse(text) as Rows;
}

const predicted = (folder: string, rows: Rows): Rows =>
  predictedBy(process.execPath, 'predict.mjs', folder, rows);

/** The rows of a CSV, and the column to be learned. */
async function tableOf(path: string, target: string) {
  const [header = '', ...lines] = (await readFile(path, 'utf8')).trim().split('\n');
  const column = header.split(',').indexOf(target);
  const cells = lines.map((line) => line.split(',').map(Number));
  return {
    rows: cells.map((row) => row.filter((_, at) => at !== column)),
    targets: cells.map((row) => row[column] ?? NaN),
  };
}

describe('a trained model as files', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  let rows: Rows = [];
  let digits: readonly number[] = [];
  const exported = async (to: string, ...flags: readonly string[]) => {
    const { code, stdout, stderr } = await cortex(
      copy.folder,
      ...['export', '0', '--to', to, '--json', '--runtime', 'wasm', ...flags],
    );
    assert.equal(code, 0, stderr);
    return documents.export.parse(JSON.parse(stdout));
  };
  const accuracy = (folder: string): number => {
    const outputs = predicted(folder, rows);
    const right = outputs.filter(
      (output, row) => output.indexOf(Math.max(...output)) === digits[row],
    );
    return right.length / rows.length;
  };

  before(async () => {
    copy = await digitsCopy();
    const path = join(copy.folder, 'cortex.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as object;
    const preprocessing = { standardizeInputs: true };
    await writeFile(path, JSON.stringify({ ...config, epochs: 6, seeds: 2, preprocessing }));
    const { code, stderr } = await cortex(copy.folder, 'train', 'model.ts', '--runtime', 'wasm');
    assert.equal(code, 0, stderr);
    ({ rows, targets: digits } = await tableOf(join(copy.folder, 'digits.csv'), 'label'));
  });
  after(() => copy.remove());

  test('for TensorFlow.js: a program of ten lines loads it and knows the digits', async () => {
    const document = await exported('plain');
    assert.ok(document.difference <= 1e-6, String(document.difference));
    assert.equal(document.rows, 100);
    assert.ok((document.measures['latencyMs'] ?? 0) > 0);
    const known = accuracy(join(copy.folder, 'plain'));
    assert.ok(known > 0.8, String(known));
    assert.ok(Math.abs(known - (document.measures['val_accuracy'] ?? 0)) < 0.1);
  });

  test('its card says what it is and what proves it, and no value of the data', async () => {
    const card = await readFile(join(copy.folder, 'plain', 'MODEL_CARD.md'), 'utf8');
    for (const part of [
      /^# digits #0: Baseline/,
      /classification: input \[8, 8, 1\], 10 outputs/,
      /val_loss on the validation part: [\d.]+ ± [\d.]+ \(2 seeds/,
      /compared on 100 rows/,
      /SHA-256 [0-9a-f]{64}/,
      /Answers one row in [\d.e-]+ ms/,
      /The sealed test part was not opened/,
      /Commit [0-9a-f]{10} on cortex\/digits/,
    ])
      assert.match(card, part);
  });

  test('smaller weights: a half, a quarter; what that costs is told', async () => {
    const plain = weightsIn(await exported('full'));
    const half = await exported('half', '--quantize', '16');
    const byte = await exported('byte', '--quantize', '8');
    assert.equal(weightsIn(half) * 2, plain);
    assert.equal(weightsIn(byte) * 4, plain);
    assert.ok(half.difference > 0 && half.difference < 0.01, String(half.difference));
    assert.ok(byte.difference > half.difference && byte.difference < 0.2, String(byte.difference));
    const drop = (byte.trained['val_accuracy'] ?? 0) - (byte.measures['val_accuracy'] ?? 0);
    assert.ok(Math.abs(drop) < 0.03, String(drop));
    assert.ok(accuracy(join(copy.folder, 'byte')) > 0.8);
  });

  test('safetensors: 8 bits with a scale for each unit, read back by Cortex itself', async () => {
    const document = await exported('tensors', '--format', 'safetensors', '--quantize', '8');
    const file = await readFile(join(copy.folder, 'tensors', 'model.safetensors'));
    const { facts, weights } = readModel(file);
    assert.equal(facts.preparation.inputs?.mean.length, 64);
    assert.deepEqual(
      weights.map(({ shape }) => shape),
      [[64, 16], [16], [16, 10], [10]],
    );
    assert.ok(document.difference < 0.1, String(document.difference));
  });

  test('for Keras: the same layers, written and loaded by the Python that is there', async () => {
    const { difference, rows: compared } = await exported(
      'keras',
      ...['--format', 'keras', '--python', testPython()],
    );
    assert.ok(difference <= 1e-4, String(difference));
    assert.equal(compared, 100);
  });

  test('in a browser: a page loads the export with 8-bit weights and predicts', async () => {
    const browser = await startBrowser(cacheFolder());
    try {
      const page = await browser.newPage();
      await page.route('**/tf.min.js', (route) => route.fulfill({ path: TFJS }));
      await page.route(`${SERVER}/**`, (route) => {
        const { pathname } = new URL(route.request().url());
        const folder = pathname === '/predict.html' ? join(root, 'examples', 'load') : copy.folder;
        return route.fulfill({ path: join(folder, pathname) });
      });
      const asked = JSON.stringify([Array<number>(64).fill(4), Array<number>(64).fill(0)]);
      await page.goto(`${SERVER}/predict.html?model=byte&rows=${asked}`);
      const text = page.locator('#outputs', { hasText: '[[' });
      const outputs = JSON.parse((await text.textContent({ timeout: 60_000 })) ?? '') as number[][];
      assert.deepEqual(
        outputs.map((each) => each.length),
        [10, 10],
      );
      for (const each of outputs)
        assert.ok(Math.abs(each.reduce((sum, value) => sum + value, 0) - 1) < 1e-4);
    } finally {
      await browser.close();
    }
  });

  test('what cannot be done is said, and nothing is written', async () => {
    await mkdir(join(copy.folder, 'taken'));
    await writeFile(join(copy.folder, 'taken', 'mine.txt'), 'mine');
    const taken = await cortex(copy.folder, 'export', '0', '--to', 'taken');
    assert.equal(taken.code, 2);
    assert.match(taken.stderr, /not empty \(mine\.txt/);
    assert.deepEqual(await readdir(join(copy.folder, 'taken')), ['mine.txt']);
    const unknown = await cortex(copy.folder, 'export', '0', '--format', 'zip');
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /Allowed choices are tfjs/);
    const foreign = await cortex(copy.folder, 'export', '0', '--format', 'torch', '--to', 'no');
    assert.equal(foreign.code, 2);
    assert.match(foreign.stderr, /trained by tfjs cannot be written as torch/);
    await rename(join(copy.folder, 'digits.csv'), join(copy.folder, 'moved.csv'));
    const blind = await cortex(copy.folder, 'export', '0', '--quantize', '8', '--to', 'no');
    await rename(join(copy.folder, 'moved.csv'), join(copy.folder, 'digits.csv'));
    assert.equal(blind.code, 2, blind.stderr);
    assert.match(blind.stderr, /digits\.csv/);
    assert.ok(!existsSync(join(copy.folder, 'no')));
  });

  test('killed on its way it leaves nothing under the name it was to have', async () => {
    const child = startCortex(copy.folder, 'export', '0', '--to', 'killed');
    const ended = once(child, 'exit');
    await until('the export to begin', async () =>
      (await readdir(copy.folder)).some((name) => name.startsWith('.killed.')),
    );
    child.kill('SIGKILL');
    await ended;
    assert.ok(!existsSync(join(copy.folder, 'killed')));
  });

  test('weights that are gone: asked for by name, or trained again to the same', async () => {
    await rm(join(copy.folder, '.git', 'cortex'), { recursive: true });
    const gone = await cortex(copy.folder, 'export', '0', '--to', 'again');
    assert.equal(gone.code, 2);
    assert.match(gone.stderr, /--train-again/);
    const again = await exported('again', '--train-again', '--seed', '2');
    const { trained } = await exported('again16', '--seed', '2', '--quantize', '16');
    assert.equal(again.measures['val_loss'], trained['val_loss']);
  });
});

test('scaled targets: what is predicted is in their own units again', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'cortex-export-'));
  try {
    const folder = await exampleWorkspace(root, parent, { epochs: 20, seeds: 1 }, 'diabetes');
    const { rows, targets } = await tableOf(join(folder, 'diabetes.csv'), 'progression');
    for (const args of [
      ['train', 'model.ts', '--runtime', 'wasm'],
      ['export', '0', '--to', 'plain'],
      ['export', '0', '--to', 'keras', '--format', 'keras', '--python', testPython()],
    ])
      assert.equal((await cortex(folder, ...args)).code, 0, args.join(' '));
    const told = JSON.parse(
      await readFile(join(folder, 'plain', 'preprocessing.json'), 'utf8'),
    ) as { readonly outputs: string; readonly targets: { readonly mean: readonly number[] } };
    assert.equal(told.outputs, 'numbers');
    const [mean = NaN] = told.targets.mean;
    const apart = (outputs: readonly number[]): number =>
      targets.reduce((sum, target, row) => sum + Math.abs((outputs[row] ?? NaN) - target), 0);
    const outputs = predicted(join(folder, 'plain'), rows).flat();
    assert.ok(apart(outputs) < 0.8 * apart(rows.map(() => mean)), String(apart(outputs)));
    const again = predictedBy(testPython(), 'predict_keras.py', join(folder, 'keras'), rows).flat();
    assert.ok(again.every((output, row) => Math.abs(output - (outputs[row] ?? NaN)) < 0.01));
  } finally {
    await rm(parent, { recursive: true });
  }
});

const weightsIn = ({
  files,
}: {
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}): number => files.reduce((sum, { name, bytes }) => sum + (name.endsWith('.bin') ? bytes : 0), 0);
