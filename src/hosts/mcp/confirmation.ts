import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { notConfirmedError } from './errors.ts';

/**
 * Goes on only with the user's word: `confirm: true` in the call, or the client's own question
 * where it can ask one. Rejects with `mcp-not-confirmed`.
 */
export async function requireConfirmation(
  { server }: McpServer,
  confirm: boolean | undefined,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  if (confirm === true) return;
  if (confirm === false || !server.getClientCapabilities()?.elicitation?.form)
    throw notConfirmedError(what);
  const answer = await server.elicitInput(
    {
      message:
        `${what}? It runs the model's code for minutes and records a commit on the study's own ` +
        'branch.',
      requestedSchema: {
        type: 'object',
        properties: { confirm: { type: 'boolean', title: 'Go on' } },
        required: ['confirm'],
      },
    },
    { signal, timeout: TIME_TO_ANSWER },
  );
  if (answer.action !== 'accept' || answer.content?.['confirm'] !== true)
    throw notConfirmedError(what);
}

/** Milliseconds a person has for the question. */
const TIME_TO_ANSWER = 600_000;
