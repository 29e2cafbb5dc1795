import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js';
import type { z } from 'zod';
import { CONTRACT_VERSION } from '../../show/documents/contractVersion.ts';
import { CortexError } from '../../util/errors.ts';
import { documents } from '../../show/documents/contract.ts';
import { visibleText } from '../../util/visibleText.ts';
import type { DeepReadonly } from '../../util/deepReadonly.ts';

type Documents = typeof documents;

/**
 * A tool's result: the document of the JSON contract, as text and as structured content. Throws
 * where it breaks the contract.
 */
export function documentAnswer<K extends keyof Documents>(
  kind: K,
  value: DeepReadonly<Omit<z.infer<Documents[K]>, 'version'>>,
): CallToolResult {
  const document = documents[kind].parse({ version: CONTRACT_VERSION, ...value });
  return {
    content: [{ type: 'text', text: visibleText(JSON.stringify(document)) }],
    structuredContent: { ...document },
  };
}

/**
 * A failure in the words a user reads, as the result of a tool: the model that called it can mend
 * it.
 */
export function failureAnswer(thrown: unknown): CallToolResult {
  return { content: [{ type: 'text', text: visibleText(wordsOf(thrown)) }], isError: true };
}

function wordsOf(thrown: unknown): string {
  if (thrown instanceof CortexError)
    return `${thrown.happened}\nExpected: ${thrown.expected}\n${thrown.remedy}\n[${thrown.code}]`;
  return `Defect in Cortex: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
}
