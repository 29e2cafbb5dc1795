import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { documents } from '../../show/documents/contract.ts';
import { compressDocument } from '../compressDocument.ts';
import { documentAnswer } from './answers.ts';
import { requireConfirmation } from './confirmation.ts';
import { model, trains, type ToolContext } from './toolContext.ts';

const KIBIBYTE = 1024;
const MAY_LOSE = 0.01;

const asked = z.strictObject({
  model,
  attempt: z.string().min(1).describe('Id, number or commit of an attempt'),
  limit: z.number().positive().optional().describe('KiB of weights at most; default: no limit'),
  mayLose: z
    .number()
    .positive()
    .max(1)
    .default(MAY_LOSE)
    .describe('What may be lost: of an accuracy or R² in its own units, else a share'),
  metric: z.string().min(1).optional().describe("What is held; default: the study's own"),
  seeds: z.int().min(2).max(100).optional().describe('Seeds to compare on'),
  sealed: z
    .boolean()
    .default(false)
    .describe('true: the sealed test part is opened for the best of it; it is counted'),
  confirm: z.boolean().optional().describe('true once the user has agreed to train and commit'),
});

/** Registers compress: the same model, smaller, as far as it stays as good. */
export function registerCompress(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'compress',
    {
      title: 'Make a Trained Model Smaller',
      description:
        'Makes a trained attempt smaller (fewer bits, fewer units, zeros, low rank, taught by ' +
        'the original), each on the same seeds, and judges which is not worse by more than ' +
        'what may be lost. Trains for minutes and records each as a commit on the branch ' +
        "cortex/<study>; the user's files and branches stay as they are. No smaller model is " +
        "an answer. Needs the user's agreement: confirm.",
      inputSchema: asked,
      outputSchema: documents.compress,
      annotations: trains,
    },
    ({ model: path, attempt, limit = Infinity, metric = null, confirm, ...terms }, call) =>
      run(call, async (signal, engine) => {
        const { study, summary } = await engine.findAttempt(resolvePath(path), attempt);
        const what = `Making #${summary.number} of ${study.name} smaller`;
        await requireConfirmation(server, confirm, what, signal);
        const compressed = await engine.compress(study, {
          id: summary.id,
          limit: limit * KIBIBYTE,
          metric,
          mayLose: terms.mayLose,
          seeds: terms.seeds ?? null,
          ...(terms.sealed && { confirm: true as const }),
          signal,
        });
        return documentAnswer('compress', compressDocument(summary.id, compressed));
      }),
  );
}
