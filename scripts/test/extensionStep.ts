import { join } from 'node:path';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import type { MochaTest } from '../../test/vscode/extensionSuite.ts';
import { runExtensionSuite } from '../../test/vscode/extensionSuite.ts';
import type { Outcome, Step } from './step.ts';

/** The step that runs the mocha suite inside a real VS Code. */
export const extensionStep: Step = { name: 'extension, inside VS Code', run: runSuite };

async function runSuite(): Promise<Outcome> {
  const root = process.cwd();
  const testsFolder = join(root, 'test', 'extension');
  const { passes, failures, pending, host } = await runExtensionSuite({
    cache: cacheFolder(),
    root,
    testsFolder,
    timeoutSeconds: 900,
  });
  const lines = [
    ...passes.map((test) => `✔ ${test.fullTitle} (${test.duration ?? 0} ms)`),
    ...failures.map(failure),
    ...pending.map((test) => `﹣ ${test.fullTitle} (skipped)`),
  ];
  return {
    passed: passes.length,
    failed: failures.length,
    skipped: pending.length,
    output: [`In ${host}:`, ...lines].join('\n'),
  };
}

const failure = (test: MochaTest): string =>
  `✖ ${test.fullTitle}\n${test.err.stack ?? test.err.message ?? 'no message'}`;
