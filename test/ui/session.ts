import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import type { LaunchOptions } from '../vscode/launch.ts';
import { launchVsCode, writeSettings } from '../vscode/launch.ts';
import { run } from '../vscode/run.ts';
import { exampleWorkspace, projectWorkspace } from '../vscode/workspace.ts';
import { tellAtFailure } from './whatIsShown.ts';
import { Workbench } from './workbench.ts';

/** A copy of the digits example, open in a real VS Code with the built extension. */
export interface Session {
  readonly workbench: Workbench;
  readonly folder: string;
  /** Holds everything of this session on disk: the example and the user data of VS Code. */
  readonly temporary: string;
  /** Changes user settings while VS Code runs, as a person does who edits the file. */
  readonly changeSettings: (settings: Readonly<Record<string, unknown>>) => Promise<void>;
  /** The model file as it is on disk now. */
  readonly modelOnDisk: () => Promise<string>;
  /** Runs git in the example and returns what it printed. */
  readonly git: (...args: string[]) => Promise<string>;
  /** Verdicts on the study's branch, newest first. */
  readonly verdicts: () => Promise<string[]>;
  readonly close: () => Promise<void>;
}

/** What differs from the example as it is shipped. */
export interface SessionOptions extends Partial<
  Pick<LaunchOptions, 'settings' | 'trusted' | 'otherExtensions' | 'logLevel'>
> {
  /** Keys of `cortex.json`, committed before VS Code opens the folder. */
  readonly study?: Readonly<Record<string, unknown>>;
  /** A project of the tests in the example's place. */
  readonly project?: string;
  /**
   * Further folders by their names in the workspace, made before VS Code opens all of them in one
   * window.
   */
  readonly besides?: (
    temporary: string,
    example: string,
  ) => Promise<Readonly<Record<string, string>>>;
}

/** Opens a session; `close` stops VS Code and removes the copy. */
export async function openSession({
  study,
  project,
  besides,
  ...launch
}: SessionOptions = {}): Promise<Session> {
  const temporary = await mkdtemp(join(tmpdir(), 'cortex-ui-'));
  const folder =
    project === undefined
      ? await exampleWorkspace(process.cwd(), temporary, study)
      : await projectWorkspace(process.cwd(), temporary, project);
  const git = (...args: string[]): Promise<string> => run('git', args, { cwd: folder });
  const dataFolder = join(temporary, 'user-data');
  const workspaceFolder = besides
    ? await workspaceOf({ digits: folder, ...(await besides(temporary, folder)) }, temporary)
    : folder;
  const code = await launchVsCode({
    ...launch,
    dataFolder,
    cache: cacheFolder(),
    workspaceFolder,
    extensionDevelopmentPath: process.cwd(),
  });
  let settings = { ...launch.settings };
  const changeSettings = (changes: Readonly<Record<string, unknown>>): Promise<void> =>
    writeSettings(dataFolder, (settings = { ...launch.settings, ...changes }));
  const workbench = new Workbench(code.page, (theme) =>
    writeSettings(dataFolder, { ...settings, 'workbench.colorTheme': theme }),
  );
  const isClosed = tellAtFailure(workbench);
  return {
    workbench,
    folder,
    temporary,
    changeSettings,
    git,
    verdicts: async () => {
      const trailers = await git(
        'log',
        '--branches=cortex/*',
        '--format=%(trailers:key=Cortex-Verdict,valueonly,separator=%x2C)',
      );
      return trailers.split('\n').filter(Boolean);
    },
    modelOnDisk: () => readFile(join(folder, 'model.ts'), 'utf8'),
    close: async () => {
      isClosed();
      await code.close();
      await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function workspaceOf(
  folders: Readonly<Record<string, string>>,
  temporary: string,
): Promise<string> {
  const path = join(temporary, 'several.code-workspace');
  await writeFile(
    path,
    JSON.stringify({
      folders: Object.entries(folders).map(([name, folder]) => ({ name, path: folder })),
    }),
  );
  return path;
}
