import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Engine } from '../../src/hosts/engine.ts';
import type { LoopEvent } from '../../src/loop/loopEvent.ts';
import type { Reviewer } from '../../src/ports/reviewer.ts';
import type { createEngine } from '../../src/compose.ts';
import { changeStudy, exampleWorkspace } from '../../test/vscode/workspace.ts';

const require = createRequire(import.meta.url);

/**
 * What a bench does with the product: the built engine, and the model file of a copy of
 * `examples/digits`.
 */
export interface Bench {
  readonly engine: Engine;
  readonly folder: string;
  readonly modelPath: string;
  /** Changes keys of the copy's `cortex.json`. */
  readonly configure: (changes: Readonly<Record<string, unknown>>) => Promise<void>;
}

/**
 * Runs `measure` with the engine as users get it (`dist/engine.cjs`) on a copy of the digits
 * example, and cleans up.
 */
export async function withEngine<T>(
  host: { reviewer: Reviewer; onEvent: (event: LoopEvent) => void; workers?: number },
  measure: (bench: Bench) => Promise<T>,
): Promise<T> {
  const distFolder = join(process.cwd(), 'dist');
  const built = require(join(distFolder, 'engine.cjs')) as { createEngine: typeof createEngine };
  const folder = await mkdtemp(join(tmpdir(), 'cortex-bench-'));
  const engine = built.createEngine({
    workers: 1,
    ...host,
    distFolder,
    nodePath: process.execPath,
    builderNames: [],
    runtime: 'auto',
    cortexVersion: '0.0.0',
  });
  try {
    const workspace = await exampleWorkspace(process.cwd(), folder);
    const configure = (changes: Readonly<Record<string, unknown>>): Promise<void> =>
      changeStudy(workspace, changes);
    return await measure({
      engine,
      folder: workspace,
      modelPath: join(workspace, 'model.ts'),
      configure,
    });
  } finally {
    await engine.dispose();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
