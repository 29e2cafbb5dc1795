import { strict as assert } from 'node:assert';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { describe, it } from 'mocha';
import { commands } from 'vscode';
import { modelUri, verdicts } from './example.ts';

const resolution = 5;
const milliseconds = (nanoseconds: number): number => nanoseconds / 1e6 - resolution;

describe('while a model trains', () => {
  it('the extension host stays responsive', async function () {
    await commands.executeCommand('cortex.train', modelUri());
    const trained = (await verdicts()).length;
    const delay = monitorEventLoopDelay({ resolution });
    delay.enable();
    await commands.executeCommand('cortex.train', modelUri());
    delay.disable();
    if (this.test) this.test.title += ` (99th percentile ${milliseconds(delay.percentile(99)).toFixed(1)} ms, longest block ${milliseconds(delay.max).toFixed(1)} ms)`;
    assert.equal((await verdicts()).length, trained + 1);
    assert.ok(milliseconds(delay.percentile(99)) < 50, `99 of 100 turns of the event loop took up to ${milliseconds(delay.percentile(99))} ms`);
  });
});
