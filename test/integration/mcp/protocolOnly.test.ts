import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { test } from 'node:test';
import { until } from '../../until.ts';
import { digitsCopy, root } from '../cli/cortex.ts';

test('standard output carries the protocol alone, whatever comes in', async () => {
  const copy = await digitsCopy();
  const child = spawn(process.execPath, [join(root, 'dist', 'cli.cjs'), 'mcp'], {
    cwd: copy.folder,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const { stdin, stdout } = child;
  let output = '';
  stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const send = (message: unknown): void => {
    stdin.write(`${typeof message === 'string' ? message : JSON.stringify(message)}\n`);
  };
  send('this is no JSON');
  send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: {
      protocolVersion: '2025-06-18',
      capabilities: {},
      clientInfo: { name: 'raw', version: '1' },
    },
  });
  send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  send({
    jsonrpc: '2.0',
    id: 2,
    method: 'tools/call',
    params: { name: 'propose', arguments: { model: 'model.ts' } },
  });
  await until('the answer to the second request', () => output.includes('"id":2'), 120);
  stdin.end();
  const [code] = (await once(child, 'close')) as [number];
  assert.equal(code, 0);
  const messages = output
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly jsonrpc: string });
  assert.ok(messages.length >= 2 && messages.every(({ jsonrpc }) => jsonrpc === '2.0'));
  await copy.remove();
});
