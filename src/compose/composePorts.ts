import type { Study } from '../study/study.ts';
import { join } from 'node:path';
import { setImmediate as yieldNow } from 'node:timers/promises';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { BUILDER_NAMES } from '../model/modelFile.ts';
import type { Ports } from '../loop/ports.ts';
import { OperatorSearcher } from '../search/operatorSearcher.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { DiskStudyFiles } from '../adapters/files/diskStudyFiles.ts';
import { defaultWorkers } from '../execution/localWorkers.ts';
import { RunnableTrainer } from '../adapters/syntax/runnable/runnableTrainer.ts';
import { WorkerTrainer } from '../execution/workerTrainer.ts';
import { deadline } from '../util/deadline.ts';
import { pythonPlace } from './composePython.ts';
import { seededRandom } from '../util/seededRandom.ts';
import { sha256 } from '../util/sha256.ts';

/** The adapters behind the ports. */
export function composePorts(
  {
    distFolder,
    nodePath,
    builderNames,
    runtime,
    workers,
    reviewer,
    onEvent,
    cortexVersion,
    repairAttempts,
    python,
  }: EngineOptions,
  {
    store,
    syntax,
    sources,
  }: Pick<Ports, 'store' | 'syntax'> & {
    readonly sources: (study: Study) => Promise<readonly string[]>;
  },
): Ports {
  return {
    clock: { now: () => Date.now(), deadline },
    random: seededRandom(1),
    syntax,
    files: new DiskStudyFiles(),
    trainer: new RunnableTrainer(
      new WorkerTrainer({
        workerPath: join(distFolder, 'worker.cjs'),
        assetFolder: distFolder,
        nodePath,
        runtime,
        workers: workers > 0 ? workers : defaultWorkers(),
        builderNames: [...BUILDER_NAMES, ...builderNames],
        cortexVersion,
        sources,
        tfjsNodeFolders: (study) => [study.folder, distFolder, join(cacheFolder(), 'tfjs-node')],
        python: pythonPlace(distFolder, python),
      }),
      syntax,
    ),
    store,
    searcher: new OperatorSearcher(syntax, { yieldNow: () => yieldNow(), hash: sha256 }),
    reviewer,
    onEvent,
    hash: sha256,
    ...(repairAttempts !== undefined && { repairAttempts }),
  };
}
