import { resolve } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { Engine } from '../core/engine.ts';
import type { LoopEvent } from '../core/ports.ts';
import { failureAnswer } from './answers.ts';
import { tellProgress } from './progress.ts';
import { registerTools } from './tools.ts';

/** What a server needs from its host. */
export interface ServeOptions {
  readonly engine: Engine;
  /** Where relative paths start. */
  readonly folder: string;
  /** Hears what happens until the returned function is called. */
  readonly follow: (listener: (event: LoopEvent) => void) => () => void;
  /** Ends the server as a closed standard input does. */
  readonly signal: AbortSignal;
  readonly version: string;
}

/** Serves the Model Context Protocol on standard input and output; resolves once the client is gone and every call has come to its end. */
export async function serve({ engine, folder, follow, signal, version }: ServeOptions): Promise<void> {
  const ended = endOf(signal);
  const calls = new Set<Promise<CallToolResult>>();
  const server = new McpServer({ name: 'cortex', title: 'Cortex', version });
  registerTools(server, {
    engine,
    resolvePath: (path) => resolve(folder, path),
    run: async ({ signal: requested, _meta, sendNotification }, work) => {
      const stop = _meta?.progressToken === undefined ? () => undefined : follow(tellProgress({ progressToken: _meta.progressToken, send: sendNotification }));
      const call = work(AbortSignal.any([requested, ended])).catch(failureAnswer).finally(stop);
      calls.add(call);
      return call.finally(() => calls.delete(call));
    },
  });
  await server.connect(new StdioServerTransport());
  if (!ended.aborted) await new Promise((resolved) => { ended.addEventListener('abort', resolved, { once: true }); });
  await Promise.all(calls);
  await server.close();
}

/** Aborted when the client closes its end: a transport on standard input does not notice by itself. */
function endOf(signal: AbortSignal): AbortSignal {
  const closed = new AbortController();
  const close = (): void => { closed.abort(); };
  process.stdin.once('end', close).once('close', close);
  // A client that vanished can no longer be written to; that is an end as well.
  process.stdout.once('error', close);
  return AbortSignal.any([signal, closed.signal]);
}
