import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

/**
 * What VS Code calls (desktop or server): runs every `*.test.cjs` beside this bundle and rejects
 * when one fails.
 */
export async function run(): Promise<void> {
  const output = process.env.CORTEX_TEST_RESULTS;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 120_000,
    ...(output ? { reporter: 'json', reporterOptions: { output } } : {}),
  });
  for (const file of readdirSync(__dirname).sort()) {
    if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the extension tests failed.`);
}
