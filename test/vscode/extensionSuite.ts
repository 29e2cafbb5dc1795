import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { desktopVsCode } from './desktop.ts';
import { launchVsCode } from './launch.ts';
import { exampleWorkspace } from './workspace.ts';

/** One test as mocha's JSON reporter writes it. */
export interface MochaTest {
  readonly fullTitle: string;
  readonly duration?: number;
  readonly err: { readonly message?: string; readonly stack?: string };
}

/** What mocha's JSON reporter writes. */
export interface MochaResults {
  readonly passes: readonly MochaTest[];
  readonly failures: readonly MochaTest[];
  readonly pending: readonly MochaTest[];
}

/** How the suite is run: where VS Code is kept, which extension, which tests. */
export interface SuiteOptions {
  readonly cache: string;
  readonly root: string;
  readonly testsFolder: string;
  readonly timeoutSeconds: number;
}

/**
 * Runs mocha inside a real VS Code – desktop where there is one, else the server from npm – on a
 * copy of `examples/digits`.
 */
export async function runExtensionSuite(
  options: SuiteOptions,
): Promise<MochaResults & { readonly host: string }> {
  const bundle = await bundleTests(options);
  const folder = await mkdtemp(join(tmpdir(), 'cortex-suite-'));
  const results = join(folder, 'results.json');
  try {
    const workspaceFolder = await exampleWorkspace(options.root, folder, { epochs: 3, seeds: 2 });
    const desktop = await desktopVsCode(options.cache);
    const job = {
      ...options,
      workspaceFolder,
      extensionTestsPath: bundle,
      env: { CORTEX_TEST_RESULTS: results },
    };
    const log = desktop ? await runOnDesktop(desktop, job) : await runOnServer(job);
    return {
      ...(await readResults(results, log)),
      host: desktop ?? 'VS Code from npm (code-server)',
    };
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What stands for extensions of others: a scripted language model, the Python extension's API. */
const otherExtensions = (root: string): string[] =>
  ['fakeModel', 'fakePython'].map((name) => join(root, 'test', name));

interface Job extends SuiteOptions {
  readonly workspaceFolder: string;
  readonly extensionTestsPath: string;
  readonly env: Record<string, string>;
}

async function bundleTests({ root, testsFolder }: SuiteOptions): Promise<string> {
  const outdir = join(root, 'out', 'extension');
  const tests = (await readdir(testsFolder)).filter((file) => file.endsWith('.test.ts'));
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: ['index.ts', ...tests].map((file) => join(testsFolder, file)),
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
  });
  return join(outdir, 'index.cjs');
}

async function runOnDesktop(vscodeExecutablePath: string, job: Job): Promise<string> {
  const flags = [
    '--disable-workspace-trust',
    '--disable-extensions',
    '--skip-welcome',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const { root, extensionTestsPath, env, workspaceFolder } = job;
  const userData = `--user-data-dir=${join(workspaceFolder, '..', 'user-data')}`;
  const launchArgs = [workspaceFolder, userData, ...flags];
  try {
    await runTests({
      vscodeExecutablePath,
      extensionDevelopmentPath: [root, ...otherExtensions(root)],
      extensionTestsPath,
      extensionTestsEnv: env,
      launchArgs,
    });
    return '';
  } catch (error) {
    return String(error);
  }
}

async function runOnServer(job: Job): Promise<string> {
  const code = await launchVsCode({
    ...job,
    extensionDevelopmentPath: job.root,
    otherExtensions: otherExtensions(job.root),
    settings: { 'chat.disableAIFeatures': false },
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, job.timeoutSeconds * 1000);
  });
  await Promise.race([code.exitCode, late]);
  clearTimeout(timer);
  await code.close();
  return code.log.join('\n');
}

async function readResults(file: string, log: string): Promise<MochaResults> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as MochaResults;
  const message = `The extension suite did not come to its end. VS Code printed:\n${log.slice(-8000)}`;
  return {
    passes: [],
    pending: [],
    failures: [{ fullTitle: 'the extension suite', err: { message } }],
  };
}
