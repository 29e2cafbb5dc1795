import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { lineOfError } from '../modules/placeOfError.ts';
import { lazyTranspiler } from '../modules/transpiler.ts';
import { UserModules } from '../modules/userModules.ts';
import { realPathOf } from '../modules/userPath.ts';
import { loadRuntime } from '../runtime/loadRuntime.ts';
import { VariantFault } from '../variantFault.ts';
import { firstFit } from './firstFit.ts';
import { learnFit } from './learnFit.ts';
import { NotLearned } from './notLearned.ts';
import { quietWriters } from './quietWriters.ts';

/** `worker.cjs --observe ASSETS FOLDER ANSWER SCRIPT`. */
interface Observed {
  /** Folder of the files Cortex ships for its workers. */
  readonly assetFolder: string;
  /** Where the rows are kept. */
  readonly folder: string;
  /** The file that is told what was learned. */
  readonly answerPath: string;
  /** Absolute. */
  readonly script: string;
}

/**
 * Runs a training script of the user's, as it stands, up to its first call of `fit` and says what
 * that was given; ends the process.
 */
export async function observe({
  assetFolder,
  folder,
  answerPath,
  script,
}: Observed): Promise<void> {
  const { tf } = await loadRuntime('wasm', { assetFolder, tfjsNodeFolders: [] });
  const modules = new UserModules({ tf, assetFolder, transpile: lazyTranspiler(assetFolder) });
  const disk = quietWriters();
  let hasAnswered = false;
  const answer = (told: object): never => {
    hasAnswered = true;
    disk.write(answerPath, JSON.stringify(told));
    process.exit(0);
  };
  const fail = (thrown: unknown): never => answer(failureOf(thrown, script, modules));
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, fail);
  const end = (): void => {
    if (!hasAnswered) fail(new NotLearned('The script ended without calling fit.'));
  };
  for (const event of ['beforeExit', 'exit'] as const) process.on(event, end);
  const reached = firstFit(tf);
  void reached
    .then((call) => learnFit(call, tf, { folder, disk }))
    .then(answer)
    .catch(fail);
  process.argv = [process.argv[0] ?? '', script];
  await modules.load(script, asMain(script)).catch(fail);
}

/**
 * The script's text as the program that was started: what it asks to find out whether it was, on
 * the same lines, answers yes.
 */
const asMain = (script: string): string =>
  readFileSync(script, 'utf8')
    .replaceAll('require.main', 'module')
    .replaceAll('import.meta.main', 'true')
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(script).href));

function failureOf(thrown: unknown, script: string, modules: UserModules): object {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const path = realPathOf(script);
  const line =
    thrown instanceof VariantFault
      ? (thrown.place?.line ?? null)
      : lineOfError(thrown, path, modules.mapOf(path));
  return { kind: 'failed', message, line };
}
