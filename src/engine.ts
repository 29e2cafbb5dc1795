/** Composition of everything both hosts share: adapters are built here and handed to the core. No logic. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as yieldNow } from 'node:timers/promises';
import { findAttempt } from './core/attempts/findAttempt.ts';
import type { Engine, EngineOptions } from './core/engine.ts';
import { improveModel } from './core/improveModel.ts';
import { inspectStudy } from './core/inspectStudy.ts';
import { BUILDER_NAMES } from './core/model/modelFile.ts';
import type { Ports } from './core/ports.ts';
import { OfflineProposer } from './core/proposal/offlineProposer.ts';
import { proposeChanges } from './core/proposeChanges.ts';
import { retrainAttempt } from './core/trainAttempt.ts';
import { readTrainable, trainNow } from './core/trainBaseline.ts';
import { diagnose } from './core/trainingLog/diagnose.ts';
import { evaluateSealed, tryOut } from './core/tryOut.ts';
import { applyVariant } from './files/applyVariant.ts';
import { cacheFolder } from './files/cacheFolder.ts';
import { DiskStudyFiles } from './files/diskStudyFiles.ts';
import { openStudy } from './files/openStudy.ts';
import { readLogFile } from './files/readLogFile.ts';
import { GitAttemptStore } from './git/gitAttemptStore.ts';
import { studyModels } from './git/studyModels.ts';
import { initRepository } from './git/repository.ts';
import { TreeSitterSyntax } from './syntax/treeSitterSyntax.ts';
import { WorkerTrainer } from './trainer/client/workerTrainer.ts';
import { seededRandom } from './util/seededRandom.ts';

/** Builds the engine; nothing is started before it is asked for. */
export function createEngine(options: EngineOptions): Engine {
  const ports = composePorts(options);
  const { syntax, store, trainer } = ports;
  return {
    openStudy,
    inspect: async (text, language) => {
      await syntax.load(language);
      return syntax.read(text, language);
    },
    inspectStudy: (study, signal) => inspectStudy(study, signal, ports),
    diagnose: async (logPath) => diagnose(await readLogFile(logPath)),
    propose: (study, { seed, ...request }) => proposeChanges(study, request, { ...ports, random: seededRandom(seed) }),
    improve: (study, { seed, ...request }) => improveModel(study, request, { ...ports, random: seededRandom(seed) }),
    train: async (study, { retrain, signal }) =>
      retrain === null ? trainNow(study, (await readTrainable(study, ports)).text, signal, ports) : retrainAttempt(study, retrain, signal, ports),
    tryOut: (study, signal) => tryOut(study, signal, ports),
    unseal: (study, id, signal) => evaluateSealed(study, id, signal, ports),
    history: (study) => store.list(study),
    attempt: (study, id) => store.read(study, id),
    variantText: (study, id) => store.readVariant(study, id),
    findAttempt: async (folder, name) =>
      findAttempt(name, await Promise.all((await studyModels(folder)).map((model) => openStudy(model))), store),
    apply: async (study, id, unrecorded) => applyVariant(study, await store.readVariant(study, id), { unrecorded, recorded: (await store.list(study)).map((attempt) => attempt.sourceHash) }),
    initRepository,
    dispose: () => trainer.dispose(),
  };
}

function composePorts({ distFolder, nodePath, builderNames, runtime, reviewer, onEvent, cortexVersion }: EngineOptions): Ports {
  const syntax = new TreeSitterSyntax((file) => join(distFolder, file), builderNames);
  return {
    clock: { now: () => Date.now() },
    random: seededRandom(1),
    syntax,
    files: new DiskStudyFiles(),
    trainer: new WorkerTrainer({
      workerPath: join(distFolder, 'worker.cjs'),
      assetFolder: distFolder,
      nodePath,
      runtime,
      builderNames: [...BUILDER_NAMES, ...builderNames],
      cortexVersion,
      tfjsNodeFolders: (study) => [study.folder, distFolder, join(cacheFolder(), 'tfjs-node')],
    }),
    store: new GitAttemptStore(),
    proposer: new OfflineProposer(syntax, { yieldNow: () => yieldNow(), hash: sha256 }),
    reviewer,
    onEvent,
    hash: sha256,
  };
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
