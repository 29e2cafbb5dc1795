import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { extensions } from 'vscode';

/**
 * Runs inside VS Code: activates the extension in a host that has come to rest and writes how many
 * milliseconds it took.
 */
export async function run(): Promise<void> {
  const extension = extensions.getExtension('cortex.model-cortex');
  if (!extension) throw new Error('The extension is not installed in this VS Code.');
  await sleep(3000);
  if (extension.isActive)
    throw new Error('The extension was active before anything of its own was opened.');
  const start = performance.now();
  await extension.activate();
  await writeFile(process.env.CORTEX_TEST_RESULTS ?? '', String(performance.now() - start));
}
