import { patchPath } from '../../adapters/files/patchPath.ts';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { proposeDocument } from '../../show/documents/proposeDocument.ts';
import { trainDocument } from '../../show/documents/trainDocument.ts';
import { openTrainable, watched } from '../openTrainable.ts';
import { trainStudy } from '../trainStudy.ts';
import { withSeeds } from '../../study/study.ts';
import { documents } from '../../show/documents/contract.ts';
import { documentAnswer } from './answers.ts';
import { requireConfirmation } from './confirmation.ts';
import { model, reads, trains, type ToolContext } from './toolContext.ts';
import { registerSearch } from './searchTool.ts';
import { registerHistory, registerDiagnose } from './readingTools.ts';
import { registerExport } from './exportTool.ts';
import { registerCompress } from './compressTool.ts';

/** Registers propose, train, search, history, diagnose, export and compress. */
export function registerTools(server: McpServer, context: ToolContext): void {
  registerPropose(server, context);
  registerTrain(server, context);
  registerSearch(server, context);
  registerHistory(server, context);
  registerDiagnose(server, context);
  registerExport(server, context);
  registerCompress(server, context);
}

function registerPropose(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'propose',
    {
      title: 'Propose Changes',
      description:
        "Proposes reasoned changes to a neural network's builder from its source, training " +
        'log and history, each with its evidence, expected effect and diff. Trains and ' +
        'changes nothing.',
      inputSchema: z.strictObject({
        model,
        count: z.int().min(1).max(20).default(1).describe('How many proposals'),
        seed: z
          .int()
          .default(1)
          .describe('Seed of the search: the same seed on the same history proposes the same'),
        goal: z
          .string()
          .optional()
          .describe('What the user wants, in their own words, e.g. "make it half the size"'),
      }),
      outputSchema: documents.propose,
      annotations: { ...reads, openWorldHint: true },
    },
    ({ model, count, seed, goal }, call) =>
      run(call, async (signal, engine) => {
        const study = await engine.openStudy(resolvePath(model));
        return documentAnswer(
          'propose',
          proposeDocument(
            await engine.propose(study, { count, seed, wish: goal ?? null, signal }),
            patchPath(study.modelPath, study.folder),
          ),
        );
      }),
  );
}

function registerTrain(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'train',
    {
      title: 'Train',
      description:
        'Trains the model as it is over several seeds (minutes), running its code, and ' +
        "records the result as a commit on the branch cortex/<study>. The user's files and " +
        "branches stay as they are. Needs the user's agreement: confirm.",
      inputSchema: z.strictObject({
        model,
        seeds: z
          .int()
          .min(1)
          .max(100)
          .optional()
          .describe("How many seeds; default: the study's own number"),
        confirm: z
          .boolean()
          .optional()
          .describe('true once the user has agreed to train and commit'),
      }),
      outputSchema: documents.train,
      annotations: trains,
    },
    ({ model, seeds, confirm }, call) =>
      run(call, async (signal, engine, say) => {
        const named = await engine.openStudy(resolvePath(model));
        await requireConfirmation(server, confirm, `Training ${named.name}`, signal);
        const trainable = await openTrainable(engine, named.modelPath, watched(signal, say));
        const study = withSeeds(trainable, seeds);
        return documentAnswer(
          'train',
          trainDocument(study, await trainStudy(engine, study, signal)),
        );
      }),
  );
}
