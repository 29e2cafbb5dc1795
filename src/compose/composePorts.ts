import { join } from 'node:path';
import { setImmediate as yieldNow } from 'node:timers/promises';
import type { EngineOptions } from '../hosts/engineOptions.ts';
import { BUILDER_NAMES } from '../model/modelFile.ts';
import type { Ports } from '../loop/ports.ts';
import { CombiningSearcher } from '../search/combiningSearcher.ts';
import { OperatorSearcher } from '../search/operatorSearcher.ts';
import { cacheFolder } from '../adapters/files/cacheFolder.ts';
import { DiskStudyFiles } from '../adapters/files/diskStudyFiles.ts';
import { defaultWorkers } from '../execution/processWorkers.ts';
import { type Sources } from '../execution/workerOptions.ts';
import type { RayWorkers } from '../execution/ray/rayWorkers.ts';
import { CommandTrainer } from '../execution/command/commandTrainer.ts';
import type { CommandPlace } from '../execution/command/runSeeds.ts';
import { RunnableTrainer } from '../adapters/syntax/runnable/runnableTrainer.ts';
import { WorkerTrainer, type WorkerTrainerOptions } from '../execution/workerTrainer.ts';
import { GitArtifactStore } from '../adapters/git/gitArtifactStore.ts';
import type { ArtifactStore } from '../ports/artifactStore.ts';
import type { Logs } from '../ports/logs.ts';
import { CortexError } from '../util/errors.ts';
import { deadline } from '../util/deadline.ts';
import { pythonOf, pythonPlace } from './composePython.ts';
import { studiesAt } from './studiesAt.ts';
import type { Study } from '../study/study.ts';
import { seededRandom } from '../util/seededRandom.ts';
import { sha256 } from '../util/sha256.ts';

/** What is made before the other ports are. */
interface Made extends Pick<Ports, 'store' | 'syntax'> {
  readonly logs: Logs;
  readonly sources: Sources;
  /** Where trials train, when not on this machine. */
  readonly cluster: RayWorkers | null;
}

/** The adapters behind the ports. */
export function composePorts(options: EngineOptions, made: Made): Ports {
  const { reviewer, onEvent, repairAttempts } = options;
  const host = { yieldNow: () => yieldNow(), hash: sha256 };
  const { store, syntax } = made;
  const artifacts = new GitArtifactStore();
  return {
    clock: { now: () => Date.now(), deadline },
    random: seededRandom(1),
    syntax,
    files: new DiskStudyFiles(made.logs),
    trainer: new CommandTrainer(
      new RunnableTrainer(workersOf(options, made, artifacts), syntax),
      commandPlace(options, made),
      made.cluster,
    ),
    store,
    others: { beside: studiesBeside },
    artifacts,
    searcher: new CombiningSearcher(new OperatorSearcher(syntax, host), syntax, host),
    reviewer,
    onEvent,
    hash: sha256,
    ...(repairAttempts !== undefined && { repairAttempts }),
  };
}

/** Nothing where there is no repository. */
const studiesBeside = async (study: Study): Promise<readonly Study[]> =>
  (await studiesAt(study.folder)).studies.filter(({ name }) => name !== study.name);

/** What runs of the user's own commands need. */
const commandPlace = (options: EngineOptions, { logs }: Made): CommandPlace => ({
  cortexVersion: options.cortexVersion,
  startFolder: join(options.distFolder, 'command'),
  pythonFor: (study) => pythonOf(study, options),
  readLog: (path, choice) => logs.read(path, choice),
  followLog: (path, choice) => logs.watch(path, choice),
});

const workersOf = (
  options: EngineOptions,
  { sources, cluster }: Made,
  artifacts: ArtifactStore,
): WorkerTrainer => {
  const { distFolder, nodePath, builderNames, runtime, workers, cortexVersion } = options;
  return new WorkerTrainer({
    workerPath: join(distFolder, 'worker.cjs'),
    assetFolder: distFolder,
    nodePath,
    runtime,
    workers: workers > 0 ? workers : defaultWorkers(),
    ...(cluster && { elsewhere: cluster }),
    builderNames: [...BUILDER_NAMES, ...builderNames],
    cortexVersion,
    sources,
    tfjsNodeFolders: (study) => [study.folder, distFolder, join(cacheFolder(), 'tfjs-node')],
    python: pythonPlace(options),
    ...(options.mayRunUnheld && { mayRunUnheld: options.mayRunUnheld }),
    keepWeights: keeper(artifacts, options),
  });
};

/** A full disk is no reason to lose a training: it is said, and the trial goes on. */
const keeper =
  (
    artifacts: ArtifactStore,
    { onEvent }: EngineOptions,
  ): NonNullable<WorkerTrainerOptions['keepWeights']> =>
  async (study, file) => {
    try {
      if (study.config.keep.attempts > 0) await artifacts.put(study, file);
    } catch (error) {
      if (!(error instanceof CortexError)) throw error;
      onEvent({ kind: 'dropped', text: `${error.happened} ${error.remedy}` });
    }
  };
