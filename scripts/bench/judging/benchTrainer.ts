import { join } from 'node:path';
import { WorkerTrainer } from '../../../src/execution/workerTrainer.ts';
import { sources } from '../../../test/support/attemptStore.ts';

/** One worker of the built bundle, on wasm, for trainings that no study records. */
export function benchTrainer(): WorkerTrainer {
  const dist = join(process.cwd(), 'dist');
  return new WorkerTrainer({
    workerPath: join(dist, 'worker.cjs'),
    assetFolder: dist,
    nodePath: process.execPath,
    runtime: 'wasm',
    workers: 1,
    builderNames: ['buildModel'],
    cortexVersion: '0.0.0',
    tfjsNodeFolders: () => [],
    sources,
  });
}
