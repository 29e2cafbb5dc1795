import { join } from 'node:path';
import { setImmediate as yieldNow } from 'node:timers/promises';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { BUILDER_NAMES } from '../model/modelFile.ts';
import type { Ports } from '../loop/ports.ts';
import { OperatorSearcher } from '../search/operatorSearcher.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { DiskStudyFiles } from '../adapters/files/diskStudyFiles.ts';
import { defaultWorkers, type Sources } from '../execution/localWorkers.ts';
import { RunnableTrainer } from '../adapters/syntax/runnable/runnableTrainer.ts';
import { WorkerTrainer } from '../execution/workerTrainer.ts';
import { deadline } from '../util/deadline.ts';
import { pythonPlace } from './composePython.ts';
import { seededRandom } from '../util/seededRandom.ts';
import { sha256 } from '../util/sha256.ts';

/** What is made before the other ports are. */
interface Made extends Pick<Ports, 'store' | 'syntax'> {
  readonly sources: Sources;
}

/** The adapters behind the ports. */
export function composePorts(options: EngineOptions, made: Made): Ports {
  const { reviewer, onEvent, repairAttempts } = options;
  const { store, syntax } = made;
  return {
    clock: { now: () => Date.now(), deadline },
    random: seededRandom(1),
    syntax,
    files: new DiskStudyFiles(),
    trainer: new RunnableTrainer(workersOf(options, made), syntax),
    store,
    searcher: new OperatorSearcher(syntax, { yieldNow: () => yieldNow(), hash: sha256 }),
    reviewer,
    onEvent,
    hash: sha256,
    ...(repairAttempts !== undefined && { repairAttempts }),
  };
}

const workersOf = (
  { distFolder, nodePath, builderNames, runtime, workers, cortexVersion, python }: EngineOptions,
  { sources }: Made,
): WorkerTrainer =>
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
  });
