import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { build } from 'esbuild';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { root } from '../../../test/integration/cli/cortex.ts';
import { launchVsCode } from '../../../test/vscode/launch.ts';
import { until } from '../../../test/until.ts';
import type { Harm } from './kills.ts';
import { descendantsOf, kill, leftOf } from './processes.ts';
import { attemptsIn, faultsIn, lostBetween } from './repository.ts';
import { tinyStudy } from './tinyStudy.ts';

/** A training of the tiny study in VS Code takes less. */
const LONGEST_MS = 3_000;
const PATIENCE_SECONDS = 120;

/** `kill -9` of the extension host of a real VS Code that trains, so often. */
export async function killHosts(times: number, harm: Harm): Promise<void> {
  const { folder, remove } = await tinyStudy();
  const extensionTestsPath = await bundled();
  const code = await launchVsCode({
    cache: cacheFolder(),
    workspaceFolder: folder,
    extensionDevelopmentPath: root,
    extensionTestsPath,
    settings: { 'cortex.runtime': 'wasm' },
  });
  try {
    for (let time = 0; time < times; time += 1) {
      if (time > 0) await code.page.reload();
      await killHost(folder, harm);
    }
  } finally {
    await code.close();
    await remove();
  }
}

/** Waits until something is newly trained, then kills at any moment of the next training. */
async function killHost(folder: string, harm: Harm): Promise<void> {
  const before = await attemptsIn(folder);
  const isAtWork = async (): Promise<boolean> => {
    const { finished, drafts } = await attemptsIn(folder);
    return finished.size > before.finished.size + before.drafts.size && drafts.size > 0;
  };
  const goesOn = await until('the extension host to train', isAtWork, PATIENCE_SECONDS).then(
    () => true,
    () => false,
  );
  harm.stuck += Number(!goesOn);
  await after(Math.random() * LONGEST_MS);
  const held = await attemptsIn(folder);
  const hosts = descendantsOf(process.pid).filter(({ command }) =>
    command.includes('type=extensionHost'),
  );
  const started = hosts
    .flatMap(({ pid }) => descendantsOf(pid))
    .filter(({ command }) => command.includes(join(root, 'dist')));
  for (const { pid } of hosts) kill(pid);
  harm.kills += 1;
  harm.left += await leftOf([...hosts, ...started]);
  harm.lost += lostBetween(held, await attemptsIn(folder));
  harm.faults += await faultsIn(folder);
  harm.attempts += held.finished.size - before.finished.size;
}

async function bundled(): Promise<string> {
  const outfile = join(root, 'out', 'crash', 'trainEndlessly.cjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'trainEndlessly.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return outfile;
}
