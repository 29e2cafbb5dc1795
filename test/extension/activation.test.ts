import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { extensions } from 'vscode';

const id = 'cortex.model-cortex';

describe('the extension', () => {
  it('is present under its published name', () => {
    assert.ok(
      extensions.getExtension(id),
      `${id} is not among: ${extensions.all.map((one) => one.id).join(', ')}`,
    );
  });

  it('activates', async () => {
    const extension = extensions.getExtension(id);
    await extension?.activate();
    assert.equal(extension?.isActive, true);
  });
});
