import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { root } from '../cli/cortex.ts';

/** A client of `cortex mcp`, started in a folder; `words` stand behind `mcp`. */
export async function connect(
  folder: string,
  {
    client = new Client({ name: 'test', version: '1' }),
    words = [],
  }: { readonly client?: Client; readonly words?: readonly string[] } = {},
): Promise<Client> {
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [join(root, 'dist', 'cli.cjs'), 'mcp', ...words],
      cwd: folder,
      stderr: 'ignore',
    }),
  );
  return client;
}
