import assert from 'node:assert/strict';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { encode } from 'fast-png';
import { surveyData, type SurveyRequest } from '../../../src/adapters/files/data/surveyData.ts';
import { surveyInThread } from '../../../src/adapters/files/data/surveyInThread.ts';
import { CortexError } from '../../../src/util/errors.ts';
import { DIST, makeFolder, NEVER } from '../trainer/harness.ts';

const { folder, remove } = await makeFolder({
  'empty.csv': '',
  'heading.csv': 'a,b\n',
  'one.csv': 'a,b\n1,2\n',
  'arrays.npz': 'PK',
  'plain.csv': `a;b\n${Array.from({ length: 30 }, (_, row) => `${row},5;${row % 2}`).join('\n')}\n`,
});
after(remove);

const refusal = async (request: SurveyRequest): Promise<string> => {
  const error: unknown = await surveyData(request).catch((thrown: unknown) => thrown);
  assert.ok(error instanceof CortexError, String(error));
  return `${error.code}: ${error.happened} Expected: ${error.expected} ${error.remedy}`;
};
const at = (name: string): SurveyRequest => ({ path: join(folder, name) });
const notesOf = (survey: Awaited<ReturnType<typeof surveyData>>): string =>
  survey.notes.map(({ text }) => text).join('\n');

describe('data that nothing can be made of', () => {
  test('nothing there', async () => {
    assert.match(await refusal(at('gone.csv')), /new-data-missing: There is no file or folder/);
  });

  test('an empty file', async () => {
    assert.match(await refusal(at('empty.csv')), /new-data-empty: .* holds nothing\..* export/);
  });

  test('a heading alone, and a single row', async () => {
    assert.match(await refusal(at('heading.csv')), /new-too-few-rows: .* has 0 rows/);
    assert.match(await refusal(at('one.csv')), /new-too-few-rows: .* has 1 row .* Bring more rows/);
  });

  test('a file of another kind', async () => {
    assert.match(
      await refusal(at('arrays.npz')),
      /new-data-unknown: .*kind \.npz.*Export it as CSV/,
    );
  });

  test('a folder without images', async () => {
    await mkdir(join(folder, 'papers'));
    assert.match(
      await refusal(at('papers')),
      /new-one-class: .* no folder with PNG or JPEG images/,
    );
  });
});

describe('texts in encodings', () => {
  const row = (_: unknown, at: number): string => `${at * at},Müller ${at % 2 ? 'á' : 'ö'}`;
  const rows = Array.from({ length: 20 }, row);
  const text = `größe,Name\n${rows.join('\n')}\n`;

  test('not UTF-8: refused with the way to name it, and read where it is named', async () => {
    await writeFile(join(folder, 'latin.csv'), Buffer.from(text, 'latin1'));
    assert.match(
      await refusal(at('latin.csv')),
      /new-data-encoding: .* is not written in UTF-8\..*--encoding windows-1252.*iconv -f/,
    );
    const survey = await surveyData({ ...at('latin.csv'), encoding: 'windows-1252' });
    assert.ok(survey.kind === 'table' && survey.columns[0]?.name === 'größe');
  });

  test('UTF-16 is known by its first bytes', async () => {
    await writeFile(join(folder, 'wide.csv'), Buffer.from(`\uFEFF${text}`, 'utf16le'));
    const survey = await surveyData(at('wide.csv'));
    assert.ok(survey.kind === 'table' && survey.encoding === 'utf-16le');
    assert.equal(survey.columns[0]?.name, 'größe');
  });

  test('an encoding that nobody knows', async () => {
    assert.match(
      await refusal({ ...at('plain.csv'), encoding: 'klingon' }),
      /new-encoding-unknown: There is no encoding called "klingon"/,
    );
  });

  test('bytes that are no text', async () => {
    await writeFile(
      join(folder, 'noise.csv'),
      Uint8Array.from({ length: 999 }, (_, i) => i % 7),
    );
    assert.match(await refusal(at('noise.csv')), /new-data-unknown: .* holds no text/);
  });
});

test('numbers with a decimal comma between semicolons', async () => {
  const survey = await surveyData(at('plain.csv'));
  assert.ok(survey.kind === 'table');
  assert.deepEqual([survey.separator, survey.columns[0]?.scale?.most], [';', 29.5]);
});

test('a hundred thousand columns are looked at in a moment, and said to be many', async () => {
  const names = Array.from({ length: 100_000 }, (_, column) => `g${column}`);
  const rows = Array.from({ length: 24 }, (_, row) =>
    [...names.map((_, column) => (row * 31 + column * 17) % 97), row % 2].join(','),
  );
  await writeFile(join(folder, 'genes.csv'), `${names.join(',')},class\n${rows.join('\n')}\n`);
  const survey = await surveyInThread(join(DIST, 'survey.cjs'), at('genes.csv'), NEVER);
  assert.ok(survey.kind === 'table');
  assert.equal(survey.columns.length, 100_000);
  assert.match(notesOf(survey), /more columns \(100,000\) than rows \(24\)/);
});

test('a file of five gigabytes is told by a sample, and said to be', async () => {
  const size = 5_000_000_000;
  const line = (row: number): string => `${row % 97},${row % 13},${row % 2 ? 'yes' : 'no'}\n`;
  const block = Buffer.from(Array.from({ length: 120_000 }, (_, row) => line(row)).join(''));
  const file = await open(join(folder, 'huge.csv'), 'w');
  await file.write(Buffer.from('a,b,bought\n'), 0, 11, 0);
  await file.write(block, 0, block.length, 11);
  await file.write(block, 0, block.length, size - block.length);
  await file.close();
  const survey = await surveyData(at('huge.csv'));
  assert.ok(survey.kind === 'table' && !survey.isWhole);
  assert.equal(survey.target.name, 'bought');
  assert.match(notesOf(survey), /The file has 5\.0 GB, some [\d,]+ rows: .* by a sample of/);
});

test('images of unlike sizes are brought to one; one that cannot be read is named', async () => {
  for (const [name, side] of [
    ['cat', 12],
    ['dog', 20],
  ] as const) {
    await mkdir(join(folder, 'pets', name), { recursive: true });
    for (let index = 0; index < 8; index += 1) {
      const data = Uint8Array.from(
        { length: side * side },
        (_, point) => (point * (index + 3)) % 251,
      );
      const png = encode({ width: side, height: side, data, channels: 1 });
      await writeFile(join(folder, 'pets', name, `${index}.png`), png);
    }
  }
  await writeFile(join(folder, 'pets', 'cat', 'torn.png'), 'no image');
  const survey = await surveyData(at('pets'));
  assert.ok(survey.kind === 'images');
  assert.deepEqual(survey.shape, [20, 20, 1]);
  assert.match(notesOf(survey), /2 sizes \(12×12, 20×20\): all are scaled to 20×20×1/);
  assert.match(notesOf(survey), /torn\.png cannot be read/);
});

test('a refusal in the thread keeps its words', async () => {
  const failing = surveyInThread(join(DIST, 'survey.cjs'), at('empty.csv'), NEVER);
  await assert.rejects(
    failing,
    (error: unknown) => error instanceof CortexError && error.code === 'new-data-empty',
  );
});
