import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CortexError } from '../../util/errors.ts';

/**
 * The oldest Node that can replace a model file in memory (`module.registerHooks`) and hold a
 * worker (`--permission`).
 */
const OLDEST = [22, 15] as const;

/**
 * Runs this program again on the Node installed beside its bundles when the one it was started with
 * is too old. Resolves to the exit code of that run, or to `null` when this Node will do. Rejects
 * with `node-too-old` when there is no other.
 */
export async function runOnNewEnoughNode(
  script: string,
  packageFolder: string,
): Promise<number | null> {
  if (isNewEnough(process.versions.node)) return null;
  const child = spawn(installedNode(packageFolder), [script, ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  // On a terminal Ctrl+C reaches the child by itself; from a program it must be passed on.
  process.on('SIGINT', () => {
    if (!process.stdin.isTTY) child.kill('SIGINT');
  });
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => {
      resolve(code ?? 1);
    }),
  );
}

function installedNode(packageFolder: string): string {
  const installed = join(
    packageFolder,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(installed)) return installed;
  throw new CortexError({
    code: 'node-too-old',
    kind: 'environment',
    happened: `This is Node ${process.versions.node}; training workers cannot run on it.`,
    expected: `Node ${OLDEST.join('.')} or newer.`,
    remedy: 'Install a newer Node, or run `npm ci` in the Cortex folder, which brings one.',
  });
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}
