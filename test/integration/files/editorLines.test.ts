import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { editorLines } from '../../../src/adapters/files/editorLines.ts';
import { readLogFile } from '../../../src/adapters/files/readLogFile.ts';

const folder = await mkdtemp(join(tmpdir(), 'cortex-lines-'));
after(() => rm(folder, { recursive: true, force: true }));

/** How VS Code splits a text. */
const editorText = (text: string): readonly string[] => text.split(/\r\n|\r|\n/);

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const bars = (last: number): string =>
  Array.from(
    { length: last },
    (_, index) =>
      `Epoch ${index + 1}/${last}\n\r1/2 loss: 9\r2/2 loss: 8 - val_loss: ${index + 1}.5\n`,
  ).join('');

describe('the lines of a log as an editor numbers them', () => {
  test('are the same without progress bars, whatever ends a line', async () => {
    assert.deepEqual(await editorLines(await written('lf', 'a\nb\nc\n'), [1, 2, 3]), [1, 2, 3]);
    assert.deepEqual(await editorLines(await written('crlf', 'a\r\nb\r\nc'), [3, 1]), [3, 1]);
    assert.deepEqual(
      await editorLines(
        await written('wide', Buffer.from('\uFEFFa\r\nb\r\nc\r\n', 'utf16le')),
        [1, 2, 3],
      ),
      [1, 2, 3],
    );
    assert.deepEqual(
      await editorLines(await written('short', 'a\n'), [7]),
      [7],
      'a line that is not there',
    );
  });

  test('show what a progress bar ended with, also where it was wiped away', async () => {
    const text = bars(3);
    const found = await editorLines(await written('bars', text), [2, 4, 6]);
    assert.deepEqual(
      found.map((line) => editorText(text)[line - 1]),
      [1, 2, 3].map((epoch) => `2/2 loss: 8 - val_loss: ${epoch}.5`),
    );
    const wiped = '1/2 loss: 9\r2/2 loss: 8\r          \r\nnext\r\r\nlast\n';
    assert.deepEqual(
      (await editorLines(await written('wiped', wiped), [1, 2, 3])).map(
        (line) => editorText(wiped)[line - 1],
      ),
      ['2/2 loss: 8', 'next', 'last'],
    );
  });

  test('are those that the reader numbers for an editor, in a log of many slices and in UTF-16', async () => {
    const epochs = 3000;
    const text = Array.from(
      { length: epochs },
      (_, index) =>
        'Epoch ' +
        `${index + 1}/${epochs}\n${Array.from({ length: 9 }, (_unused, step) => `${step + 1}/9 loss: 2.0\r`).join('')}9/9 ` +
        `- loss: 1.${index} - val_loss: 2.${index}\n`,
    ).join('');
    const shown = editorText(text);
    for (const content of [text, Buffer.from(text, 'utf16le')]) {
      const path = await written('long.log', content);
      const { lines } = await readLogFile(path);
      const found = await editorLines(path, lines);
      assert.equal(lines.length, epochs);
      assert.ok(
        found.every((line, index) => shown[line - 1]?.endsWith(`val_loss: 2.${index}`)),
        'each epoch’s own line',
      );
      assert.deepEqual((await readLogFile(path, { lines: 'editor' })).lines, found);
    }
  });

  test('a bar over all epochs is one line of the file, and each epoch has its own in an editor', async () => {
    const text =
      [1, 2, 3]
        .map((epoch) => `\rEpoch: ${epoch}/3 loss: 0.${9 - epoch} val_loss: 0.${9 - epoch}`)
        .join('') + '\n';
    const path = await written('bar.log', text);
    assert.deepEqual((await readLogFile(path)).lines, [1, 1, 1]);
    assert.deepEqual(
      (await readLogFile(path, { lines: 'editor' })).lines.map(
        (line) => editorText(text)[line - 1],
      ),
      editorText(text).slice(1, 4),
    );
  });
});
