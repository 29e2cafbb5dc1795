import { strict as assert } from 'node:assert';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, it } from 'mocha';
import { commands } from 'vscode';
import { modelUri, until, verdicts } from './example.ts';

const resolution = 5;
const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6 - resolution;

describe('while a model trains', () => {
  it('the extension host stays responsive', async function () {
    await train();
    const delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    await train();
    delay.disable();
    if (this.test) this.test.title += ` (99th percentile ${milliseconds(delay.percentile(99)).toFixed(1)} ms, longest block ${milliseconds(delay.max).toFixed(1)} ms)`;
    assert.ok(milliseconds(delay.percentile(99)) < 50, `99 of 100 turns of the event loop took up to ${milliseconds(delay.percentile(99))} ms`);
  });
});

async function train(): Promise<void> {
  const before = (await verdicts()).length;
  void commands.executeCommand('cortex.train', modelUri());
  await until('a trained attempt', async () => ((await verdicts()).length > before ? true : undefined), 90);
}
