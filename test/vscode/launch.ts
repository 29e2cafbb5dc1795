import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Browser as BrowserProcess, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { PATIENCE_SECONDS } from '../until.ts';
import { ensureBrowser } from './browser.ts';
import { ensureVsCodeServer } from './codeServer.ts';

/** What a VS Code is started with. */
export interface LaunchOptions {
  readonly cache: string;
  /** A folder, or a `.code-workspace` file that names several. */
  readonly workspaceFolder: string;
  readonly extensionDevelopmentPath: string;
  /**
   * Folders of extensions that are installed beside it; the address of the workbench takes one
   * development path only.
   */
  readonly otherExtensions?: readonly string[];
  /** A module that exports `run()`; VS Code then closes itself and reports an exit code. */
  readonly extensionTestsPath?: string;
  /** Environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** User settings, beside those that keep out of sight what is no part of a test. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** `user`: the settings are those that the user data hold, and none is written. */
  readonly settingsFrom?: 'user';
  /** How much VS Code and its extensions log: `debug`. */
  readonly logLevel?: string;
  /**
   * True: the workspace is trusted without asking. False: VS Code asks, and starts in restricted
   * mode.
   */
  readonly trusted?: boolean;
  /** Keep the same user data over several launches. */
  readonly dataFolder?: string;
}

/** A running VS Code server; `close` stops its whole process group and removes what it wrote. */
export interface Server {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A running VS Code in a headless browser. */
export interface VsCode {
  readonly page: Page;
  /** What VS Code and its extension host printed so far. */
  readonly log: readonly string[];
  /** Resolves with the exit code that the extension tests reported. */
  readonly exitCode: Promise<number>;
  readonly close: () => Promise<void>;
}

const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Dark Modern',
  'window.autoDetectColorScheme': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'files.autoSave': 'off',
  'window.titleBarStyle': 'custom',
};

const untrusted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'always',
};

/** Starts a VS Code server on a free port of this machine, with its own user data. */
export async function startServer(options: LaunchOptions): Promise<Server> {
  const folder = await ensureVsCodeServer(options.cache);
  const data = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'cortex-vscode-')));
  if (options.settingsFrom !== 'user')
    await writeSettings(data, {
      ...(options.trusted === false ? untrusted : {}),
      ...options.settings,
    });
  await installExtensions(data, options.otherExtensions ?? []);
  const port = await freePort();
  const server = spawn(process.execPath, serverArguments(port, data, options), {
    cwd: folder,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await listening(server);
  return {
    url: workbenchUrl(port, options),
    close: async () => {
      await stopGroup(server);
      if (!options.dataFolder) await rm(data, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Opens a workspace with the extension in a real VS Code, in a headless browser of its own. */
export async function launchVsCode(options: LaunchOptions): Promise<VsCode> {
  const browser = await startBrowser(options.cache);
  const server = await startServer(options).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  page.setDefaultTimeout(PATIENCE_SECONDS * 1000);
  const exitCode = new Promise<number>((resolve, reject) => {
    void page.exposeFunction('codeAutomationExit', resolve);
    page.on('crash', () => {
      reject(new Error('The browser page with VS Code crashed.'));
    });
  });
  exitCode.catch(() => 1);
  const log: string[] = [];
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) =>
    log.push(`${type}: ${args.map(String).join(' ')}`),
  );
  // The half of the key for VS Code's secret storage that code-server keeps; the workbench seals
  // secrets with both halves.
  const serverHalf = randomBytes(32);
  await page.route('**/mint-key', (route) =>
    route.fulfill({ body: serverHalf, contentType: 'application/octet-stream' }),
  );
  await page.goto(server.url);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.close();
  };
  return { page, log, exitCode, close };
}

/** A headless Chromium. */
export async function startBrowser(cache: string): Promise<BrowserProcess> {
  const { executablePath, env } = await ensureBrowser(cache);
  const defined = Object.fromEntries(
    Object.entries(env).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
  ];
  return chromium.launch({
    executablePath,
    env: defined,
    args: [...args, '--disable-component-update', '--disable-sync'],
  });
}

/**
 * Writes the user settings of a VS Code whose user data are kept in `data`; one that runs takes
 * them over. Settings of the machine are read from a place of their own.
 */
export async function writeSettings(
  data: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  for (const place of ['User', 'Machine']) {
    const folder = join(data, 'data', place);
    await mkdir(folder, { recursive: true });
    await writeFile(
      join(folder, 'settings.json'),
      JSON.stringify({ ...quiet, ...settings }, null, 2),
    );
  }
}

async function installExtensions(data: string, folders: readonly string[]): Promise<void> {
  for (const folder of folders)
    await cp(folder, join(data, 'extensions', basename(folder)), { recursive: true });
}

function serverArguments(port: number, data: string, options: LaunchOptions): string[] {
  const trust = options.trusted === false ? [] : ['--disable-workspace-trust'];
  const log = options.logLevel ? ['--log', options.logLevel] : [];
  const driver = [
    '--enable-smoke-test-driver',
    '--without-connection-token',
    '--accept-server-license-terms',
  ];
  return [
    'out/server-main.js',
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--server-data-dir',
    data,
    '--telemetry-level',
    'off',
    ...driver,
    ...trust,
    ...log,
  ];
}

function workbenchUrl(port: number, options: LaunchOptions): string {
  const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ['extensionDevelopmentPath', remote(options.extensionDevelopmentPath)],
    ...(options.extensionTestsPath
      ? [['extensionTestsPath', remote(options.extensionTestsPath)]]
      : []),
    ...(options.env ? [['extensionEnvironment', JSON.stringify(options.env)]] : []),
    ['skipWelcome', 'true'],
  ];
  const kind = options.workspaceFolder.endsWith('.code-workspace') ? 'workspace' : 'folder';
  return `http://127.0.0.1:${port}/?${kind}=${encodeURIComponent(options.workspaceFolder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        resolve(typeof address === 'object' && address ? address.port : 0);
      });
    });
  });
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      if (output.includes('Extension host agent listening')) resolve();
    };
    server.stdout?.on('data', read);
    server.stderr?.on('data', read);
    server.on('error', reject);
    server.on('exit', (code) => {
      reject(
        new Error(`The VS Code server ended with ${code} while starting:\n${output.slice(-2000)}`),
      );
    });
  });
}

async function stopGroup(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.pid === undefined) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  killGroup(server.pid, 'SIGTERM');
  const patience = setTimeout(() => {
    killGroup(server.pid ?? 0, 'SIGKILL');
  }, 5000);
  await ended;
  clearTimeout(patience);
}

function killGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
