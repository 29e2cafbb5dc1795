import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { documents } from '../../show/documents/contract.ts';
import { searchDocument } from '../../show/documents/searchDocument.ts';
import { openTrainable, watched } from '../openTrainable.ts';
import { withObjective } from '../searchRequest.ts';
import { documentAnswer } from './answers.ts';
import { requireConfirmation } from './confirmation.ts';
import { model, trains, type ToolContext } from './toolContext.ts';

const MINUTES = 5;

const asked = z.strictObject({
  model,
  minutes: z.number().positive().max(600).optional().describe('Time; default: 5 minutes'),
  trials: z.int().min(1).max(100_000).optional().describe('Configurations to try'),
  objective: z
    .string()
    .optional()
    .describe(
      "What to optimise, then what to hold: 'val_loss, parameters <= 60000'; default: the " +
        "study's own",
    ),
  tune: z
    .boolean()
    .default(false)
    .describe('Only what comments such as `cortex: 16..256 log` mark in the model file'),
  experience: z
    .enum(['used', 'ignored'])
    .default('used')
    .describe('What other studies of the repository taught'),
  seed: z.int().default(1).describe('Seed of the search'),
  confirm: z.boolean().optional().describe('true once the user has agreed to train and commit'),
});

/** Registers search. */
export function registerSearch(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'search',
    {
      title: 'Search Architecture',
      description:
        'Searches structure and numbers of a neural network together in many short trainings ' +
        '(minutes), running its code, and races the best on new seeds. All of it is recorded ' +
        "as commits on the branch cortex/<study>. The user's files and branches stay as they " +
        "are. Needs the user's agreement: confirm.",
      inputSchema: asked,
      outputSchema: documents.search,
      annotations: { ...trains, openWorldHint: true },
    },
    ({ model: path, minutes, trials, objective, tune, experience, seed, confirm }, call) =>
      run(call, async (signal, engine, say) => {
        const named = await engine.openStudy(resolvePath(path));
        withObjective(named, objective);
        await requireConfirmation(server, confirm, `Searching ${named.name}`, signal);
        const trainable = await openTrainable(engine, named.modelPath, watched(signal, say));
        const study = withObjective(trainable, objective);
        const report = await engine.search(study, {
          ...(trials !== undefined && { trials }),
          ...((minutes !== undefined || trials === undefined) && { minutes: minutes ?? MINUTES }),
          scope: tune ? 'marked' : 'everything',
          experience,
          seed,
          signal,
        });
        return documentAnswer('search', await searchDocument(engine, report));
      }),
  );
}
