import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce } from './installOnce.ts';
import { run } from './run.ts';

/** code-server 4.x carries VS Code 1.x with the same minor number. */
const version = '4.139.1';

const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * Puts the real VS Code 1.139 (the server and web workbench of the npm package code-server) into
 * the cache folder, once; returns its folder.
 */
export async function ensureVsCodeServer(cache: string): Promise<string> {
  const folder = await installOnce(join(cache, `code-server-${version}`), async (temporary) => {
    console.log(`Getting VS Code (code-server ${version}) from npm, once, into ${cache} …`);
    await writeFile(join(temporary, 'package.json'), '{ "private": true }\n');
    await run('npm', ['install', `code-server@${version}`, '--no-save', ...npmFlags], {
      cwd: temporary,
    });
    for (const folder of [workbench(temporary), join(workbench(temporary), 'extensions')]) {
      await run('npm', ['install', '--omit=dev', ...npmFlags], { cwd: folder });
    }
  });
  await copyFile(
    join(import.meta.dirname, 'spdlog.cjs'),
    join(workbench(folder), 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );
  return workbench(folder);
}

const workbench = (folder: string): string =>
  join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
