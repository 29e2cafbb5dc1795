import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { stringify } from 'csv-stringify/sync';
import type { StartLanguage } from '../../../src/propose/start/baseBuilder.ts';
import { sizesOf } from '../../../src/propose/start/startConfig.ts';
import { startFiles } from '../../../src/propose/start/startFiles.ts';
import type { TableSample } from '../../../src/propose/start/sample.ts';
import type { Survey } from '../../../src/propose/start/survey.ts';
import { surveyTable } from '../../../src/propose/start/surveyTable.ts';
import { surveyText } from '../../../src/propose/start/surveyText.ts';
import { days, houses, sentences, story } from '../../unit/start/samples.ts';
import { testPython } from '../python/pythonStudies.ts';
import { makeFolder } from '../trainer/harness.ts';

const { folder, remove } = await makeFolder({ 'package.json': '{"type": "module"}' });
after(remove);

interface Loaded {
  readonly inputs: number[][];
  readonly targets: (string | number)[];
}
type Parts = Readonly<Record<'train' | 'validation' | 'test', Loaded>>;

/** Writes a new project's files beside its data and gives the path of its data module. */
async function written(name: string, survey: Survey, language: StartLanguage): Promise<string> {
  const place = join(folder, `${name}-${language}`);
  await mkdir(place);
  const files = startFiles(survey, { data: `../${name}`, language });
  for (const file of files) await writeFile(join(place, file.name), file.text);
  return join(place, files[1]?.name ?? '');
}

async function writeTable(name: string, { columns, rows }: TableSample): Promise<void> {
  await writeFile(join(folder, name), stringify([[...columns], ...rows.map((row) => [...row])]));
}

const loadScript = async (path: string): Promise<unknown> => {
  const { loadData } = (await import(pathToFileURL(path).href)) as { loadData: () => unknown };
  return loadData();
};

const PROGRAM = `
import json, sys
import numpy as np
sys.path.insert(0, sys.argv[1])
from data import load_data
def plain(value):
    if isinstance(value, dict): return {key: plain(each) for key, each in value.items()}
    if isinstance(value, tuple): return {"inputs": plain(value[0]), "targets": plain(value[1])}
    return value.tolist() if isinstance(value, np.ndarray) else value
print(json.dumps(plain(load_data())))
`;

const loadPython = (path: string): unknown =>
  JSON.parse(
    execFileSync(testPython(), ['-c', PROGRAM, join(path, '..')], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    }),
  );

/** All numbers, as 32-bit floats have them. */
const flat = (value: unknown): number[] =>
  [value].flat(Infinity as 5).map((each) => Math.fround(Number(each)));

describe('data modules give the same numbers in TypeScript, JavaScript and Python', () => {
  test('a table of numbers, categories, dates and gaps', async () => {
    const sample = houses(60);
    await writeTable('houses.csv', sample);
    const survey = surveyTable(sample, {});
    const [script, plain, python] = [
      (await loadScript(await written('houses.csv', survey, 'typescript'))) as Loaded,
      (await loadScript(await written('houses.csv', survey, 'javascript'))) as Loaded,
      loadPython(await written('houses.csv', survey, 'keras')) as Loaded,
    ];
    assert.equal(script.inputs.length, 60);
    assert.equal(script.inputs[0]?.length, sizesOf(survey).inputShape[0]);
    assert.deepEqual(plain, script);
    assert.deepEqual(flat(python.inputs), flat(script.inputs));
    assert.deepEqual(flat(python.targets), flat(script.targets));
  });

  test('a series: windows of the past, and parts that follow each other', async () => {
    const sample = days(60);
    await writeTable('days.csv', sample);
    const survey = surveyTable(sample, {});
    const script = (await loadScript(await written('days.csv', survey, 'typescript'))) as Parts;
    const python = loadPython(await written('days.csv', survey, 'pytorch')) as Parts;
    const { inputShape } = sizesOf(survey);
    assert.deepEqual(
      [script.train.inputs[0]?.length, (script.train.inputs[0]?.[0] as unknown as number[]).length],
      inputShape,
    );
    for (const part of ['train', 'validation', 'test'] as const) {
      assert.ok(script[part].inputs.length > 5);
      assert.deepEqual(flat(python[part].inputs), flat(script[part].inputs));
      assert.deepEqual(flat(python[part].targets), flat(script[part].targets));
    }
    assert.equal(script.test.targets.at(-1), Number(sample.rows.at(-1)?.[1]));
  });

  test('sentences: numbers of words, 0 where a text has ended', async () => {
    const sample = sentences(40);
    await writeTable('said.csv', sample);
    const survey = surveyTable(sample, {});
    const script = (await loadScript(await written('said.csv', survey, 'typescript'))) as Loaded;
    const python = loadPython(await written('said.csv', survey, 'keras')) as Loaded;
    assert.deepEqual(python.inputs, script.inputs);
    assert.deepEqual(python.targets, script.targets);
    assert.ok(flat(script.inputs).every((number) => number >= 0 && number < 2000));
  });

  test('a text: each step its next in TypeScript, the last one in Python', async () => {
    const sample = story();
    await writeFile(join(folder, 'story.txt'), sample.text);
    const survey = surveyText(sample, {});
    const script = (await loadScript(await written('story.txt', survey, 'typescript'))) as Parts;
    const python = loadPython(await written('story.txt', survey, 'keras')) as Parts;
    assert.deepEqual(python.train.inputs[0], script.train.inputs[0]);
    assert.equal(python.train.targets[0], (script.train.targets[0] as unknown as number[]).at(-1));
    assert.deepEqual(
      script.train.inputs[0]?.slice(1),
      (script.train.targets[0] as unknown as number[]).slice(0, -1),
    );
  });

  test('a row that stands twice is used once; a heading that is missing is made up', async () => {
    const rows = Array.from({ length: 40 }, (_, row) => [
      `${row % 30}.5`,
      `${row % 30 > 15 ? 1 : 0}`,
    ]);
    await writeFile(join(folder, 'twice.csv'), stringify(rows));
    const columns = ['column 1', 'column 2'];
    const survey = surveyTable(
      { ...houses(1), path: 'twice.csv', columns, rows, hasHeading: false, rowCount: 40 },
      {},
    );
    const script = (await loadScript(await written('twice.csv', survey, 'typescript'))) as Loaded;
    const python = loadPython(await written('twice.csv', survey, 'keras')) as Loaded;
    assert.equal(script.inputs.length, 30);
    assert.deepEqual(python.inputs, script.inputs);
  });
});
