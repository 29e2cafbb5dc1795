/** `npm start`: a copy of `examples/digits` in VS Code, with the extension loaded. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder } from '../src/adapters/files/cacheFolder.ts';
import { desktopVsCode, hasDisplay } from '../test/vscode/desktop.ts';
import { startServer } from '../test/vscode/launch.ts';
import { run } from '../test/vscode/run.ts';
import { exampleWorkspace, linkPackages } from '../test/vscode/workspace.ts';

const root = process.cwd();
const folder = join(cacheFolder(), 'example');

await run(process.execPath, ['esbuild.js']);
const workspace = await example();
const desktop = await desktopVsCode(cacheFolder());
console.log(`The example is a copy: ${workspace} (kept between starts; delete it to begin anew).`);
if (desktop) openDesktop(desktop);
else await openInBrowser();

async function example(): Promise<string> {
  const earlier = join(folder, 'digits');
  if (!existsSync(join(earlier, '.git'))) return exampleWorkspace(root, folder);
  await linkPackages(root, folder);
  return earlier;
}

function openDesktop(program: string): void {
  const ownData = `--user-data-dir=${join(folder, 'user-data')}`;
  const flags = [
    '--new-window',
    ownData,
    '--disable-workspace-trust',
    `--extensionDevelopmentPath=${root}`,
  ];
  spawn(program, [...flags, workspace, '--goto', join(workspace, 'model.ts')], {
    detached: true,
    stdio: 'ignore',
    env: { ...process.env, CORTEX_EXAMPLE: workspace },
  }).unref();
  console.log('VS Code opens the example, its model and the walkthrough.');
}

async function openInBrowser(): Promise<void> {
  console.log(
    'No desktop VS Code here (install it, or set VSCODE_EXECUTABLE to its program): the same ' +
      'VS Code 1.139 runs in the browser instead.',
  );
  const dataFolder = join(folder, 'server-data');
  const server = await startServer({
    cache: cacheFolder(),
    workspaceFolder: workspace,
    extensionDevelopmentPath: root,
    env: { CORTEX_EXAMPLE: workspace },
    settingsFrom: 'user',
    dataFolder,
  });
  console.log(
    `\n  ${server.url}\n\nOpen that address (Chrome, Edge, Firefox): the model and the ` +
      'walkthrough stand side by side. Ctrl+C stops it.',
  );
  if (hasDisplay()) openUrl(server.url);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().finally(() => process.exit(0)));
  }
}

function openUrl(url: string): void {
  const [command, ...args] = openers[process.platform as keyof typeof openers] ?? openers.linux;
  const opener = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
  opener.on('error', () => {
    console.log(
      `No browser could be opened by itself (${command} is missing): copy the address above.`,
    );
  });
  opener.unref();
}

const openers = { darwin: ['open'], win32: ['explorer.exe'], linux: ['xdg-open'] } as const;
