import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';
import { launchVsCode } from '../../test/vscode/launch.ts';
import type { Row } from './row.ts';

const goal = 50;
const runs = 3;

/**
 * Milliseconds of `activate()` (loading the bundle included) in a real VS Code at rest: the median
 * of three fresh starts.
 */
export async function bench(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-activation-'));
  try {
    const tests = join(process.cwd(), 'out', 'activation.cjs');
    await build({
      entryPoints: ['test/activation/index.ts'],
      outfile: tests,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
    });
    const times: number[] = [];
    for (let run = 0; run < runs; run++) times.push(await activationTime(folder, tests));
    const ms = times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? Infinity;
    return [
      {
        figure: 'extension activation',
        goal: `≤ ${goal} ms`,
        measured: `${ms.toFixed(1)} ms`,
        ratio: (ms / goal).toFixed(2),
        met: ms <= goal,
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function activationTime(folder: string, extensionTestsPath: string): Promise<number> {
  const workspaceFolder = join(folder, 'empty');
  const results = join(folder, 'milliseconds');
  await mkdir(workspaceFolder, { recursive: true });
  const env = { CORTEX_TEST_RESULTS: results };
  const code = await launchVsCode({
    cache: cacheFolder(),
    workspaceFolder,
    extensionDevelopmentPath: process.cwd(),
    extensionTestsPath,
    env,
  });
  const exitCode = await code.exitCode;
  await code.close();
  if (exitCode !== 0)
    throw new Error(`Activation could not be measured:\n${code.log.slice(-10).join('\n')}`);
  return Number(await readFile(results, 'utf8'));
}
