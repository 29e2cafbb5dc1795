/**
 * The terminal's composition root: builds the engine, hands it to the commands, turns errors into
 * exit codes.
 */
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { createEngine } from './compose.ts';
import { runOnNewEnoughNode } from './adapters/files/newEnoughNode.ts';
import { machine } from './adapters/files/machine.ts';
import { readPrices } from './adapters/files/readPrices.ts';
import type { serve } from './hosts/mcp/serve.ts';
import { describeError, exitCodeOf } from './hosts/terminal/failure.ts';
import { languageOf } from './hosts/terminal/modelOptions.ts';
import { SharedMoney } from './hosts/terminal/sharedMoney.ts';
import { createOutput } from './hosts/terminal/output.ts';
import { createProgram } from './hosts/terminal/program.ts';
import { createProgressLine } from './hosts/terminal/progressLine.ts';
import type { RunCommand } from './hosts/terminal/commandContext.ts';
import type { ServeTools } from './hosts/terminal/commands/mcp.ts';
import { acceptEverything } from './loop/acceptEverything.ts';
import { version } from '../package.json';

/**
 * What this program was started with. The key in it is the language model's: no program that is
 * started here is given it.
 */
const environment = { ...process.env };

/** How long the workers have to end, in milliseconds; they die with this program anyway. */
const LONGEST_LEAVE_MS = 5000;

const interrupted = new AbortController();

function stopOnSignals(): void {
  // A reader that has seen enough (`cortex history … | head`) is no failure; what is running ends
  // as by Ctrl+C.
  process.stdout.on('error', () => {
    interrupted.abort();
  });
  process.once('SIGINT', () => {
    process.stderr.write('\nStopping as soon as it can; press Ctrl+C again to stop at once.\n');
    interrupted.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  process.once('SIGTERM', () => {
    interrupted.abort();
  });
}

const run: RunCommand = async (flags, action) => {
  const money = new SharedMoney(flags);
  const progress = createProgressLine(process.stderr);
  const engine = createEngine({
    distFolder: __dirname,
    nodePath: process.execPath,
    builderNames: flags.builderNames ?? [],
    runtime: flags.runtime,
    python: flags.python ?? '',
    workers: flags.workers ?? 0,
    ...(flags.executor !== undefined && { executor: flags.executor }),
    mayRunUnheld: () => Promise.resolve(flags.unprotected === true),
    reviewer: acceptEverything,
    onEvent: (event) => {
      money.hear(event);
      progress(event);
    },
    cortexVersion: version,
    language: async () =>
      languageOf(
        money.left(),
        environment,
        flags.prices === undefined ? {} : await readPrices(flags.prices),
      ),
    ...(flags.builder !== undefined && { builder: flags.builder }),
    ...(flags.train !== undefined && { train: flags.train }),
    ...(flags.repairs !== undefined && { repairAttempts: flags.repairs }),
  });
  const output = createOutput(flags.json ? 'json' : 'text', (text) => process.stdout.write(text));
  try {
    await action({
      engine,
      output,
      signal: interrupted.signal,
      folder: process.cwd(),
      machine,
    });
  } finally {
    await engine.dispose();
  }
};

/** Its bundle is read only here: no other command needs the protocol. */
const serveTools: ServeTools = ({ engine, signal, folder }) => {
  const bundle = require(join(__dirname, 'mcp.cjs')) as { readonly serve: typeof serve };
  return bundle.serve({ engine, folder, signal, version });
};

async function main(): Promise<number> {
  try {
    const elsewhere = await runOnNewEnoughNode(__filename, join(__dirname, '..'));
    if (elsewhere !== null) return elsewhere;
    delete process.env['OPENAI_API_KEY'];
    stopOnSignals();
    await createProgram(version, run, serveTools).parseAsync();
    return 0;
  } catch (error) {
    if (!(error instanceof CommanderError)) process.stderr.write(describeError(error));
    return exitCodeOf(error);
  }
}

void main().then((code) => {
  process.exitCode = code;
  // What was asked for is answered: nothing that was left open keeps the program.
  setTimeout(() => process.exit(code), LONGEST_LEAVE_MS).unref();
});
