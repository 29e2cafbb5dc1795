import { strict as assert } from 'node:assert';
import { describe, it } from 'mocha';
import { commands } from 'vscode';
import { modelUri, until, verdicts } from './example.ts';
import { describeFigures, meterHost } from './hostMeter.ts';

const longestBlock = 50;

describe('while a model trains', () => {
  it('the extension host stays responsive', async function () {
    const stop = meterHost();
    await train();
    const figures = stop();
    if (this.test) this.test.title += ` (${describeFigures(figures)})`;
    assert.ok(figures.longestBlock <= longestBlock, describeFigures(figures));
  });
});

async function train(): Promise<void> {
  const before = (await verdicts()).length;
  void commands.executeCommand('cortex.train', modelUri());
  await until(
    'a trained attempt',
    async () => ((await verdicts()).length > before ? true : undefined),
    90,
  );
}
