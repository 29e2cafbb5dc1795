import { patchPath } from '../../../adapters/files/patchPath.ts';
import {
  LanguageModelTextPart,
  LanguageModelToolResult,
  lm,
  type CancellationToken,
  type Disposable,
  type LanguageModelTool,
} from 'vscode';
import { CONTRACT_VERSION } from '../../../show/documents/contractVersion.ts';
import { diagnoseDocument } from '../../../show/documents/diagnoseDocument.ts';
import { historyDocument } from '../../../show/documents/historyDocument.ts';
import { proposeDocument } from '../../../show/documents/proposeDocument.ts';
import { trainDocument } from '../../../show/documents/trainDocument.ts';
import { trainStudy } from '../../trainStudy.ts';
import { withSeeds } from '../../../study/study.ts';
import { Disposables } from '../disposables.ts';
import { asCortexError } from '../errors.ts';
import type { Host } from '../host.ts';
import { confirmTraining } from './confirmTraining.ts';
import { countIn, pathIn, textIn, type ToolInput } from './toolInput.ts';

/**
 * Propose, train, history and diagnose for the agents of VS Code; each answers with the JSON
 * document of the terminal.
 */
export function createLanguageModelTools(host: Host): Disposable {
  const disposables = new Disposables();
  disposables.add(
    lm.registerTool(
      'cortex_propose',
      tool(host, 'Proposing changes', (input, signal) => propose(host, input, signal)),
    ),
    lm.registerTool('cortex_train', {
      ...tool(host, 'Training', (input, signal) => train(host, input, signal)),
      prepareInvocation: confirmTraining,
    }),
    lm.registerTool(
      'cortex_history',
      tool(host, 'Reading the history', (input) => history(host, input)),
    ),
    lm.registerTool(
      'cortex_diagnose',
      tool(host, 'Reading the training log', (input) => diagnose(host, input)),
    ),
  );
  return disposables;
}

/**
 * The error boundary of a tool: what it throws reaches the model as the words of a `CortexError`.
 */
function tool(
  { log }: Host,
  message: string,
  work: (input: ToolInput, signal: AbortSignal) => Promise<object>,
): LanguageModelTool<ToolInput> {
  return {
    prepareInvocation: () => ({ invocationMessage: message }),
    invoke: async ({ input }, token) => {
      try {
        const document = { version: CONTRACT_VERSION, ...(await work(input, signalOf(token))) };
        return new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(document))]);
      } catch (thrown) {
        const error = asCortexError(thrown);
        log.info(`tool: [${error.code}] ${error.message}`);
        throw error;
      }
    },
  };
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => {
    controller.abort();
  });
  return controller.signal;
}

async function propose(
  { engine, consent }: Host,
  input: ToolInput,
  signal: AbortSignal,
): Promise<object> {
  const cortex = await engine.get();
  const study = await cortex.openStudy(pathIn(input, 'model'));
  const request = {
    count: countIn(input, 'count', 20) ?? 1,
    seed: countIn(input, 'seed', 2 ** 31) ?? 1,
    wish: textIn(input, 'goal') ?? null,
    signal: consent.unattended(signal),
  };
  return proposeDocument(
    await cortex.propose(study, request),
    patchPath(study.modelPath, study.folder),
  );
}

async function train(
  { engine, runs }: Host,
  input: ToolInput,
  signal: AbortSignal,
): Promise<object> {
  const cortex = await engine.get();
  const study = withSeeds(
    await cortex.openStudy(pathIn(input, 'model')),
    countIn(input, 'seeds', 100),
  );
  const trained = await runs.start({ study, name: 'Train', automatic: true }, (cancelled) =>
    trainStudy(cortex, study, AbortSignal.any([signal, cancelled])),
  );
  return trainDocument(study, trained);
}

async function history({ engine }: Host, input: ToolInput): Promise<object> {
  const cortex = await engine.get();
  const study = await cortex.openStudy(pathIn(input, 'model'));
  return historyDocument(cortex, study, await cortex.history(study));
}

async function diagnose({ engine }: Host, input: ToolInput): Promise<object> {
  const cortex = await engine.get();
  const run = countIn(input, 'run', 2 ** 31);
  return diagnoseDocument(
    await cortex.diagnose(pathIn(input, 'log'), run === undefined ? {} : { run }),
    null,
  );
}
