import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import type { RequestHandlerExtra } from '@modelcontextprotocol/sdk/shared/protocol.js';
import type {
  CallToolResult,
  ServerNotification,
  ServerRequest,
  ToolAnnotations,
} from '@modelcontextprotocol/sdk/types.js';
import * as z from 'zod';
import { diagnoseDocument } from '../../show/documents/diagnoseDocument.ts';
import { historyDocument } from '../../show/documents/historyDocument.ts';
import { proposeDocument } from '../../show/documents/proposeDocument.ts';
import { trainDocument } from '../../show/documents/trainDocument.ts';
import { trainStudy } from '../trainStudy.ts';
import { withSeeds } from '../../study/study.ts';
import type { Engine } from '../engine.ts';
import { compareRuns } from '../../log/compareRuns.ts';
import { documents } from '../../show/documents/contract.ts';
import { documentAnswer } from './answers.ts';
import { requireConfirmation } from './confirmation.ts';

/** One call as the protocol hands it over: its cancellation, and where its progress is told. */
export type ToolCall = Pick<
  RequestHandlerExtra<ServerRequest, ServerNotification>,
  'signal' | '_meta' | 'sendNotification'
>;

/** What every tool is given. */
export interface ToolContext {
  /** Makes a path absolute. */
  readonly resolvePath: (path: string) => string;
  /**
   * Runs one call on an engine that tells it alone of its work: failures become results, and it
   * ends with the client's cancellation or the server's end.
   */
  readonly run: (
    call: ToolCall,
    work: (signal: AbortSignal, engine: Engine) => Promise<CallToolResult>,
  ) => Promise<CallToolResult>;
}

const model = z
  .string()
  .min(1)
  .describe(
    'Path of the model file (with a build_model or buildModel function), or of the folder ' +
      'that holds it',
  );

// A proposal may be asked of a server elsewhere, so only this tool reaches an open world.
const reads: ToolAnnotations = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };
// Additive: a commit on a branch of its own, nothing overwritten.
const trains: ToolAnnotations = {
  readOnlyHint: false,
  destructiveHint: false,
  idempotentHint: false,
  openWorldHint: false,
};

/** Registers propose, train, history and diagnose. */
export function registerTools(server: McpServer, context: ToolContext): void {
  registerPropose(server, context);
  registerTrain(server, context);
  registerHistory(server, context);
  registerDiagnose(server, context);
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
          proposeDocument(await engine.propose(study, { count, seed, wish: goal ?? null, signal })),
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
      run(call, async (signal, engine) => {
        const study = withSeeds(await engine.openStudy(resolvePath(model)), seeds);
        await requireConfirmation(server, confirm, `Training ${study.name}`, signal);
        return documentAnswer(
          'train',
          trainDocument(study, await trainStudy(engine, study, signal)),
        );
      }),
  );
}

function registerHistory(server: McpServer, { resolvePath, run }: ToolContext): void {
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

function registerDiagnose(server: McpServer, { resolvePath, run }: ToolContext): void {
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
