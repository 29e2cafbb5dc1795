import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { lackingIn, ONNX_RECIPE, RAY_RECIPE, RECIPE } from '../../../scripts/python/lacking.ts';

const recipes = join(import.meta.dirname, '../../../scripts/python');

describe("the tests' Python", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cortex-python-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const stamp = (name: string): Promise<void> => copyFile(join(recipes, name), join(folder, name));

  const everything = ['packages', 'ray', 'onnx'];

  test('is made where there is none', async () => {
    assert.deepEqual(await lackingIn(join(folder, 'none')), everything);
  });

  test('is made anew where its list is another one', async () => {
    await writeFile(join(folder, RECIPE), 'keras==3.0.0\n');
    await stamp(RAY_RECIPE);
    assert.deepEqual(await lackingIn(folder), everything);
  });

  test('is given Ray or ONNX alone where it has all but that, or another one', async () => {
    await stamp(RECIPE);
    assert.deepEqual(await lackingIn(folder), ['ray', 'onnx']);
    await stamp(ONNX_RECIPE);
    await writeFile(join(folder, RAY_RECIPE), 'ray==2.0.0\n');
    assert.deepEqual(await lackingIn(folder), ['ray']);
  });

  test('is left as it is where it has all', async () => {
    for (const name of [RECIPE, RAY_RECIPE, ONNX_RECIPE]) await stamp(name);
    assert.deepEqual(await lackingIn(folder), []);
  });
});
