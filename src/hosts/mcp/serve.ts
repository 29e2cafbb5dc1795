import { resolve } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Engine } from '../engine.ts';
import { failureAnswer } from './answers.ts';
import { tellProgress } from './progress.ts';
import { registerTools } from './tools.ts';

/** What a server needs from its host. */
export interface ServeOptions {
  readonly engine: Engine;
  /** Where relative paths start. */
  readonly folder: string;
  /** Ends the server as a closed standard input does. */
  readonly signal: AbortSignal;
  readonly version: string;
}

/**
 * Serves the Model Context Protocol on standard input and output; resolves once the client is gone
 * and every call has come to its end.
 */
export async function serve({ engine, folder, signal, version }: ServeOptions): Promise<void> {
  const ended = endOf(signal);
  const calls = new Set<Promise<CallToolResult>>();
  const server = new McpServer({ name: 'cortex', title: 'Cortex', version });
  registerTools(server, {
    resolvePath: (path) => resolve(folder, path),
    run: async ({ signal: requested, _meta, sendNotification }, work) => {
      const token = _meta?.progressToken;
      const tell =
        token === undefined
          ? () => undefined
          : tellProgress({ progressToken: token, send: sendNotification });
      const say = (text: string): void => tell({ kind: 'notice', text });
      const own = token === undefined ? engine : engine.hearing(tell);
      const call = work(AbortSignal.any([requested, ended]), own, say).catch(failureAnswer);
      calls.add(call);
      return call.finally(() => calls.delete(call));
    },
  });
  await server.connect(new StdioServerTransport());
  if (!ended.aborted)
    await new Promise((resolved) => {
      ended.addEventListener('abort', resolved, { once: true });
    });
  await Promise.all(calls);
  await server.close();
}

/**
 * Aborted when the client closes its end: a transport on standard input does not notice by itself.
 */
function endOf(signal: AbortSignal): AbortSignal {
  const closed = new AbortController();
  const close = (): void => {
    closed.abort();
  };
  process.stdin.once('end', close).once('close', close);
  // A client that vanished can no longer be written to; that is an end as well.
  process.stdout.once('error', close);
  return AbortSignal.any([signal, closed.signal]);
}
