import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readModel } from '../../../src/model/trainedModel.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { onnxFolder, pythonFolder } from '../../python/environment.ts';
import { cortex, cortexWith, git, root, type Run } from '../cli/cortex.ts';
import { testPython } from '../python/pythonStudies.ts';

/** Writes the digits of scikit-learn as arrays; prints some of them, flat, and what they are. */
const DIGITS =
  'import json, sys, numpy; from data import load_data; x, y = load_data(); ' +
  'numpy.savez(sys.argv[1], x=x, y=y); ' +
  'print(json.dumps([x[:300].tolist(), y[:300].tolist()]))';

const data = 'digits.npz';
const settings = { model: 'model.py', data, epochs: 6, seeds: 1, batchSize: 16 };

/** A repository with the model of an example, the digits, and one trained attempt. */
async function trainedExample(name: string, digits: string) {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-python-'));
  const examples = join(root, 'examples');
  await copyFile(join(examples, name, 'model.py'), join(folder, 'model.py'));
  await copyFile(digits, join(folder, data));
  const preprocessing = { standardizeInputs: true };
  await writeFile(join(folder, 'cortex.json'), JSON.stringify({ ...settings, preprocessing }));
  await git(folder, 'init', '-q');
  const { code, stderr } = await run(folder, 'train', 'model.py');
  assert.equal(code, 0, stderr);
  return folder;
}

const run = (folder: string, ...args: readonly string[]): Promise<Run> =>
  cortex(folder, ...args, '--python', testPython());

/** What makes ONNX importable; without it the environment has none. */
const withOnnx = { PYTHONPATH: onnxFolder(pythonFolder()) };

async function exported(folder: string, to: string, ...flags: readonly string[]) {
  const { code, stdout, stderr } = await cortexWith(
    flags.includes('onnx') ? withOnnx : {},
    folder,
    [...['export', '0', '--to', to, '--json', '--python', testPython(), ...flags]],
  );
  assert.equal(code, 0, stderr);
  const card = await readFile(join(folder, to, 'MODEL_CARD.md'), 'utf8');
  assert.match(card, /compared on 100 rows/);
  return documents.export.parse(JSON.parse(stdout));
}

/** How many of 300 digits a program of ten lines knows by an export. */
function knownBy(program: string, folder: string, rows: string, digits: readonly number[]): number {
  const text = execFileSync(testPython(), [join(root, 'examples', 'load', program), folder], {
    input: rows,
    env: { ...process.env, ...withOnnx },
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const outputs = JSON.parse(text) as readonly (readonly number[])[];
  const right = outputs.filter(
    (output, row) => output.indexOf(Math.max(...output)) === digits[row],
  );
  return right.length / digits.length;
}

describe('a model that Python trained, as files', () => {
  let [shared, keras, torch] = ['', '', ''];
  let rows = '';
  let digits: readonly number[] = [];
  before(async () => {
    shared = await mkdtemp(join(tmpdir(), 'cortex-digits-'));
    const cwd = join(root, 'examples', 'torch-digits');
    const arrays = join(shared, data);
    const text = execFileSync(testPython(), ['-B', '-c', DIGITS, arrays], {
      cwd,
      encoding: 'utf8',
    });
    keras = await trainedExample('keras-digits', arrays);
    torch = await trainedExample('torch-digits', arrays);
    const [x, y] = JSON.parse(text) as [number[][], number[]];
    [rows, digits] = [JSON.stringify(x), y];
  });
  after(() => Promise.all([shared, keras, torch].map((folder) => rm(folder, { recursive: true }))));

  test('the weights of Keras and PyTorch are kept, with what was fitted to the data', async () => {
    for (const [folder, framework, names] of [
      [keras, 'keras', [64, 16, 16, 10]],
      [torch, 'torch', [16, 16, 10, 10]],
    ] as const) {
      const told = await run(folder, 'weights', '0', '--json');
      const { seeds } = documents.weights.parse(JSON.parse(told.stdout));
      assert.equal(seeds.length, 1);
      const kept = join(folder, '.git', 'cortex', 'artifacts');
      const [study = ''] = readdirSync(kept);
      const file = await readFile(join(kept, study, seeds[0]?.sha256 ?? ''));
      const { facts, weights } = readModel(file);
      assert.equal(facts.framework, framework);
      assert.ok(facts.versions[framework]);
      assert.equal(facts.topology === null, framework === 'torch');
      assert.equal(facts.preparation.inputs?.mean.length, 64);
      assert.equal(facts.preparation.classes.length, 10);
      assert.deepEqual(
        weights.map(({ shape }) => shape[0]),
        names,
      );
    }
  });

  test('Keras: the default is .keras, and a program of ten lines knows the digits', async () => {
    const { format, difference, measures } = await exported(keras, 'own');
    assert.equal(format, 'keras');
    assert.ok(difference <= 1e-5, String(difference));
    assert.ok((measures['latencyMs'] ?? 0) > 0 && (measures['memoryMB'] ?? 0) > 0);
    const known = knownBy('predict_keras.py', join(keras, 'own'), rows, digits);
    assert.ok(known > 0.75, String(known));
    assert.ok(Math.abs(known - (measures['val_accuracy'] ?? 0)) < 0.1);
  });

  test('Keras: with 8 bits for TensorFlow Lite', async () => {
    const lite = await exported(keras, 'lite', '--format', 'tflite', '--quantize', '8');
    assert.ok(lite.difference > 0 && lite.difference < 0.1, String(lite.difference));
    assert.ok(knownBy('predict_tflite.py', join(keras, 'lite'), rows, digits) > 0.75);
  });

  test('Keras: as a SavedModel', async () => {
    const { difference } = await exported(keras, 'saved', '--format', 'savedmodel');
    assert.ok(difference <= 1e-5, String(difference));
    assert.ok(knownBy('predict_savedmodel.py', join(keras, 'saved'), rows, digits) > 0.75);
  });

  test('Keras and PyTorch: as ONNX, loaded again by its runtime', async () => {
    for (const folder of [keras, torch]) {
      const { difference, format } = await exported(folder, 'onnx', '--format', 'onnx');
      assert.equal(format, 'onnx');
      assert.ok(difference <= 1e-4, String(difference));
      assert.ok(knownBy('predict_onnx.py', join(folder, 'onnx'), rows, digits) > 0.75);
    }
  });

  test('PyTorch: by torch.export without a line of the model file, and as 8-bit weights', async () => {
    const { format, difference } = await exported(torch, 'own');
    assert.equal(format, 'torch');
    assert.ok(difference <= 1e-4, String(difference));
    assert.ok(knownBy('predict_torch.py', join(torch, 'own'), rows, digits) > 0.75);
    await exported(torch, 'weights', '--format', 'safetensors', '--quantize', '8');
    const { weights } = readModel(await readFile(join(torch, 'weights', 'model.safetensors')));
    assert.deepEqual(
      weights.map(({ name }) => name),
      ['hidden.weight', 'hidden.bias', 'out.weight', 'out.bias'],
    );
  });

  test('PyTorch: made smaller by pruning, teaching and both, with the diff as the proof', async () => {
    const asked = ['--seeds', '2', '--limit', '0.19', '--may-lose', '0.3', '--json'];
    const { code, stdout, stderr } = await run(torch, 'compress', '0', ...asked);
    assert.equal(code, 0, stderr);
    const { tried, original } = documents.compress.parse(JSON.parse(stdout));
    assert.equal(original.bytes, 4 * 1210);
    const ways = new Set(tried.map(({ method, change }) => `${method} ${change}`));
    const narrow = ['distillation', 'narrowing', 'pruning-and-distillation', 'structured-pruning'];
    assert.deepEqual(
      [...ways].sort(),
      ['as-trained ', ...narrow.map((method) => `${method} 16 → 2`)].sort(),
    );
    const bytes = tried.find((each) => each.change === '' && each.precision === 'uint8');
    assert.equal(bytes?.verdict, 'not-worse', bytes?.text);
    const pruned = tried.find(({ method }) => method === 'pruning-and-distillation');
    assert.equal(pruned?.parameters, 64 * 2 + 2 + 2 * 10 + 10);
    const shown = await run(torch, 'show', pruned.attempt);
    assert.match(
      shown.stdout,
      /^-.*Linear\(in_features, 16\)[\s\S]*^\+.*Linear\(in_features, 2\)/m,
    );
  });

  test('what cannot be written is said, with what is missing, and leaves nothing', async () => {
    for (const [flags, said] of [
      [
        ['--format', 'onnx'],
        /takes onnx, onnxscript and onnxruntime, which are not inst[\s\S]*pip inst/,
      ],
      [['--quantize', '8'], /The format keras has no form for weights of int8/],
      [['--format', 'torch'], /trained by keras cannot be written as torch/],
    ] as const) {
      const { code, stderr } = await run(keras, 'export', '0', '--to', 'no', ...flags);
      assert.equal(code, 2, stderr);
      assert.match(stderr, said);
      assert.ok(!existsSync(join(keras, 'no')));
    }
  });
});
