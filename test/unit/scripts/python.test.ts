import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, test } from 'node:test';
import { lackingIn, RAY_RECIPE, RECIPE } from '../../../scripts/python/lacking.ts';

const recipes = join(import.meta.dirname, '../../../scripts/python');

describe("the tests' Python", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cortex-python-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const stamp = (name: string): Promise<void> => copyFile(join(recipes, name), join(folder, name));

  test('is made where there is none', async () => {
    assert.equal(await lackingIn(join(folder, 'none')), 'everything');
  });

  test('is made anew where its list is another one', async () => {
    await writeFile(join(folder, RECIPE), 'keras==3.0.0\n');
    await stamp(RAY_RECIPE);
    assert.equal(await lackingIn(folder), 'everything');
  });

  test('is given Ray alone where it has all but that, or another Ray', async () => {
    await stamp(RECIPE);
    assert.equal(await lackingIn(folder), 'ray');
    await writeFile(join(folder, RAY_RECIPE), 'ray==2.0.0\n');
    assert.equal(await lackingIn(folder), 'ray');
  });

  test('is left as it is where it has all', async () => {
    await stamp(RECIPE);
    await stamp(RAY_RECIPE);
    assert.equal(await lackingIn(folder), 'nothing');
  });
});
