import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import type { TextEditor } from 'vscode';
import { commands, window, workspace } from 'vscode';
import { git, modelOnDisk, modelUri, until, verdicts } from './example.ts';
import { describeFigures, meterHost } from './hostMeter.ts';

const reviewEditor = (): TextEditor | undefined =>
  window.visibleTextEditors.find(({ document }) => document.uri.scheme === 'cortex-review');

describe('a proposal under review', () => {
  it('touches neither the file, nor its buffer, nor HEAD and index, and is recorded when rejected', async function () {
    const stop = meterHost();
    const before = {
      text: await modelOnDisk(),
      head: await git('rev-parse', 'HEAD'),
      branch: await git('symbolic-ref', 'HEAD'),
    };
    await window.showTextDocument(modelUri());
    void commands.executeCommand('cortex.improve', modelUri());
    const review = await until('the review', reviewEditor, 90);
    assert.notEqual(review.document.getText(), before.text);
    await assertUntouched(before);

    await commands.executeCommand('cortex.review.rejectAll');
    await until('the record', async () => ((await verdicts()).length === 3 ? true : undefined));
    assert.deepEqual(await verdicts(), ['rejected', 'inconclusive', 'baseline']);
    await assertUntouched(before);
    if (this.test) this.test.title += ` (${describeFigures(stop())})`;
  });
});

async function assertUntouched(before: {
  text: string;
  head: string;
  branch: string;
}): Promise<void> {
  const buffer = workspace.textDocuments.find(
    ({ uri }) => uri.toString() === modelUri().toString(),
  );
  assert.equal(await modelOnDisk(), before.text);
  assert.equal(buffer?.getText(), before.text);
  assert.equal(buffer.isDirty, false);
  assert.equal(await git('rev-parse', 'HEAD'), before.head);
  assert.equal(await git('symbolic-ref', 'HEAD'), before.branch);
  assert.equal(await git('status', '--porcelain'), '');
}
