import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { commands, extensions } from 'vscode';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('commands', () => {
  it('are registered, every one that package.json contributes', async () => {
    const extension = extensions.getExtension('cortex.model-cortex');
    await extension?.activate();
    const registered = new Set(await commands.getCommands(true));
    const contributed = (extension?.packageJSON as Manifest).contributes.commands.map(
      ({ command }) => command,
    );
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.filter((command) => !registered.has(command)),
      [],
    );
  });
});
