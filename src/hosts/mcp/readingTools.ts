import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import * as z from 'zod';
import { diagnoseDocument } from '../../show/documents/diagnoseDocument.ts';
import { historyDocument } from '../../show/documents/historyDocument.ts';
import { compareRuns } from '../../log/compareRuns.ts';
import { documents } from '../../show/documents/contract.ts';
import { documentAnswer } from './answers.ts';
import { model, reads, type ToolContext } from './toolContext.ts';

/** Every attempt on a model. */
export function registerHistory(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'history',
    {
      title: 'History',
      description:
        'Lists every attempt on a model: what was changed and why, its metric over seeds, ' +
        'the verdict against its parent, its commit.',
      inputSchema: z.strictObject({ model }),
      outputSchema: documents.history,
      annotations: reads,
    },
    ({ model }, call) =>
      run(call, async (_signal, engine) => {
        const study = await engine.openStudy(resolvePath(model));
        return documentAnswer(
          'history',
          await historyDocument(engine, study, await engine.history(study)),
        );
      }),
  );
}

/** What a training log shows. */
export function registerDiagnose(server: McpServer, { resolvePath, run }: ToolContext): void {
  server.registerTool(
    'diagnose',
    {
      title: 'Diagnose a Training Log',
      description:
        'Reads a training log of any common form and says what it shows: trend, gap, ' +
        'overfitting and findings, each with the lines that prove it.',
      inputSchema: z.strictObject({
        log: z.string().min(1).describe('Path of the training log'),
        run: z.int().min(1).optional().describe('Which run of the file, from 1; default: the last'),
        against: z.string().min(1).optional().describe('Path of another log to compare with'),
      }),
      outputSchema: documents.diagnose,
      annotations: reads,
    },
    ({ log, run: choice, against }, call) =>
      run(call, async (_signal, engine) => {
        const diagnosis = await engine.diagnose(
          resolvePath(log),
          choice === undefined ? {} : { run: choice },
        );
        const other = against === undefined ? null : await engine.diagnose(resolvePath(against));
        return documentAnswer(
          'diagnose',
          diagnoseDocument(diagnosis, other && compareRuns(diagnosis.series, other.series)),
        );
      }),
  );
}
