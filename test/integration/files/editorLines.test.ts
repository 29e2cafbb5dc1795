import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { EditorLines } from '../../../src/files/editorLines.ts';
import { readLogFile } from '../../../src/files/readLogFile.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-lines-'));
after(() => rm(folder, { recursive: true, force: true }));

/** How VS Code splits a text. */
const editorText = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);

async function written(name: string, text: string): Promise<EditorLines> {
  await writeFile(join(folder, name), text);
  return new EditorLines(join(folder, name));
}

describe('the lines of a log as an editor numbers them', () => {
  test('are the same without progress bars, whatever ends a line', async () => {
    assert.deepEqual(await (await written('lf', 'a\nb\nc\n')).of([1, 2, 3]), [1, 2, 3]);
    assert.deepEqual(await (await written('crlf', 'a\r\nb\r\nc')).of([1, 2, 3]), [1, 2, 3]);
  });

  test('show what a progress bar ended with', async () => {
    const bar = (epoch: number): string => `Epoch ${epoch}/3\n\r1/2 loss: 9\r2/2 loss: 8 - val_loss: ${epoch}.5\n`;
    const text = [1, 2, 3].map(bar).join('');
    const lines = await written('bars', text);
    assert.deepEqual((await lines.of([2, 4, 6])).map((line) => editorText(text)[line - 1]), [1, 2, 3].map((epoch) => `2/2 loss: 8 - val_loss: ${epoch}.5`));
    await appendFile(join(folder, 'bars'), bar(4));
    assert.equal(editorText(text + bar(4))[((await lines.of([8]))[0] ?? 0) - 1], '2/2 loss: 8 - val_loss: 4.5', 'what was added is counted on');
    assert.equal(editorText(text)[((await lines.of([4]))[0] ?? 0) - 1], '2/2 loss: 8 - val_loss: 2.5', 'earlier lines are found again');
    await writeFile(join(folder, 'bars'), bar(1));
    assert.deepEqual(await lines.of([2]), [4], 'a file that was begun again');
  });

  test('hold in a log of many slices, for every epoch the reader names', async () => {
    const epochs = 3000;
    const text = Array.from({ length: epochs }, (_, index) => `Epoch ${index + 1}/${epochs}\n${Array.from({ length: 9 }, (_unused, step) => `${step + 1}/9 loss: 2.0\r`).join('')}9/9 - loss: 1.${index} - val_loss: 2.${index}\n`).join('');
    const lines = await written('long.log', text);
    const log = await readLogFile(join(folder, 'long.log'));
    const shown = editorText(text);
    const found = await lines.of(log.lines);
    assert.equal(log.lines.length, epochs);
    assert.ok(found.every((line, index) => shown[line - 1]?.endsWith(`val_loss: 2.${index}`)), 'each epoch’s own line');
  });
});
