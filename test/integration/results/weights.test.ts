import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { readModel } from '../../../src/model/trainedModel.ts';
import { documents } from '../../../src/show/documents/contract.ts';
import { sha256 } from '../../../src/util/sha256.ts';
import { cortex, digitsCopy, git } from '../cli/cortex.ts';

describe('trained weights are kept', () => {
  let copy: Awaited<ReturnType<typeof digitsCopy>>;
  const settings = { epochs: 1, seeds: 2, keep: { attempts: 2 } };
  const kept = (): string => join(copy.folder, '.git', 'cortex', 'artifacts', 'digits');
  const train = async (units: number): Promise<string> => {
    const model = join(copy.folder, 'model.ts');
    const text = await readFile(model, 'utf8');
    await writeFile(model, text.replace(/units: \d+/, `units: ${units}`));
    const { code, stderr } = await cortex(copy.folder, 'train', 'model.ts');
    assert.equal(code, 0, stderr);
    return stderr;
  };
  const weights = async (attempt: string) =>
    documents.weights.parse(
      JSON.parse((await cortex(copy.folder, 'weights', attempt, '--json')).stdout),
    );

  before(async () => {
    copy = await digitsCopy();
    const path = join(copy.folder, 'cortex.json');
    const config = JSON.parse(await readFile(path, 'utf8')) as object;
    await writeFile(path, JSON.stringify({ ...config, ...settings }));
  });
  after(() => copy.remove());

  test('one whole file a seed, named by its bytes, beside the branch and of no working tree', async () => {
    const status = await git(copy.folder, 'status', '--porcelain');
    await train(16);
    const { seeds } = await weights('0');
    assert.deepEqual(
      seeds.map(({ seed }) => seed),
      [1, 2],
    );
    for (const { seed, sha256: hash, bytes } of seeds) {
      const file = await readFile(join(kept(), hash));
      assert.equal(sha256(file), hash);
      assert.equal(file.length, bytes);
      const { facts, weights: tensors } = readModel(file);
      assert.equal(facts.seed, seed);
      assert.deepEqual(facts.inputShape, [8, 8, 1]);
      assert.equal(facts.preparation.classes.length, 10);
      assert.deepEqual(
        tensors.map(({ shape }) => shape),
        [[64, 16], [16], [16, 10], [10]],
      );
    }
    assert.equal(await git(copy.folder, 'status', '--porcelain'), status);
  });

  test('size, speed and memory are measured and told', async () => {
    const { seeds } = await weights('0');
    const shown = await cortex(copy.folder, 'show', '0');
    assert.match(shown.stdout, /KiB; a row in [\d.e-]+ ms \(95 %: [\d.e-]+\), 32 in .* MiB while/);
    const told = await cortex(copy.folder, 'show', '0', '--json');
    const { measures } = documents.show.parse(JSON.parse(told.stdout)).attempt;
    const bytes = seeds.reduce((sum, seed) => sum + (seed.bytes ?? NaN), 0) / seeds.length;
    assert.ok(Math.abs((measures['modelKB'] ?? NaN) - bytes / 1024) < 1e-6);
    for (const name of ['latencyMs', 'latencyMs95', 'latency32Ms', 'latency32Ms95', 'memoryMB'])
      assert.ok((measures[name] ?? 0) > 0, name);
  });

  test('beyond what the study keeps the oldest go, and that is said', async () => {
    await train(12);
    assert.equal((await readdir(kept())).length, 4);
    const said = await train(14);
    assert.match(said, /weights of #\d.* were let go of/);
    assert.equal((await readdir(kept())).length, 4);
  });

  test('the list of one that lost its weights says so', async () => {
    const all = await Promise.all(['0', '1', '2'].map(weights));
    const dropped = all.filter(({ seeds }) => seeds.every(({ bytes }) => bytes === null));
    assert.equal(dropped.length, 1);
  });

  test('a model that answers more slowly than the study allows fails, and by how much', async () => {
    const path = join(copy.folder, 'cortex.json');
    const text = await readFile(path, 'utf8');
    const strict = { ...(JSON.parse(text) as object), limits: { latencyMs: 1e-6 }, seeds: [9] };
    await writeFile(path, JSON.stringify(strict));
    const { stderr } = await cortex(copy.folder, 'train', 'model.ts');
    await writeFile(path, text);
    assert.match(
      stderr,
      /^invalid .*answers one row in [\d.e-]+ ms; limits.latencyMs allows 0.000001/m,
    );
  });

  test('a layer that TensorFlow.js was not told of: its weights alone go home, beside its source', async () => {
    const path = join(copy.folder, 'model.ts');
    const text = await readFile(path, 'utf8');
    const own =
      'class Twice extends tf.layers.Layer {\n' +
      "  static className = 'Twice';\n" +
      '  call(inputs: tf.Tensor[]) { return tf.mul(inputs[0], 2); }\n}\n\nexport function';
    await writeFile(
      path,
      text
        .replace('export function', own)
        .replace('  model.compile', '  model.add(new Twice({}));\n  model.compile'),
    );
    const { code, stderr } = await cortex(copy.folder, 'train', 'model.ts');
    assert.equal(code, 0, stderr);
    const { attempts } = documents.history.parse(
      JSON.parse((await cortex(copy.folder, 'history', 'model.ts', '--json')).stdout),
    );
    const take = (...flags: readonly string[]) =>
      cortex(copy.folder, 'export', attempts.at(-1)?.id ?? '', '--json', ...flags);
    const refused = await take('--to', 'never');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /Unknown layer: Twice[\s\S]*registerClass/);
    const { stdout, stderr: why } = await take('--to', 'weights', '--format', 'safetensors');
    const document = documents.export.parse(JSON.parse(stdout || why));
    assert.equal(document.difference, 0);
  });
});
