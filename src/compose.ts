/**
 * Composition of everything both hosts share: adapters are built here and handed to the core. No
 * logic.
 */
import { join } from 'node:path';
import { ablateHunks } from './loop/ablation/ablateHunks.ts';
import { diagnoseTraining } from './loop/readDiagnosis.ts';
import { readHunkEffects } from './loop/ablation/hunkEffects.ts';
import { findAttempt } from './loop/findAttempt.ts';
import { readSeedTable } from './loop/seedTable.ts';
import { exportHistory } from './show/documents/export/exportHistory.ts';
import type { StudyReader } from './show/documents/studyReader.ts';
import { promote } from './loop/promote.ts';
import type { Engine } from './hosts/engine.ts';
import type { EngineOptions } from './hosts/engineOptions.ts';
import { compareAttempts } from './show/views/compareAttempts.ts';
import { inspectStudy } from './loop/inspectStudy.ts';
import { remediesFor } from './propose/operators/operators.ts';
import type { Logs } from './ports/logs.ts';
import type { Ports } from './loop/ports.ts';
import type { Study } from './study/study.ts';
import { mayProfile, readLens } from './loop/readLens.ts';
import { attemptOfCode } from './loop/sameCode.ts';
import { readAttemptView } from './show/views/readAttemptView.ts';
import { openSession } from './loop/studySession.ts';
import { retrainAttempt, trainFile } from './loop/retrain.ts';
import { tryOut } from './loop/tryOut.ts';
import { compressModel } from './loop/compress/compressModel.ts';
import { exportModel } from './loop/export/exportModel.ts';
import { weightsOf } from './loop/weights/keptWeights.ts';
import { unsealTest } from './loop/unsealTest.ts';
import { applyVariant } from './adapters/files/applyVariant.ts';
import { findModelOfLog } from './adapters/files/findModelOfLog.ts';
import { logsOfStudy } from './adapters/files/openStudy.ts';
import { openAsTrained } from './compose/openAsTrained.ts';
import { lackOf } from './compose/composePython.ts';
import { diskLogs } from './adapters/files/diskLogs.ts';
import { DiskExportFolders } from './adapters/files/diskExportFolders.ts';
import { nameInLog } from './adapters/files/nameInLog.ts';
import { ThreadLogs } from './adapters/files/threadLogs.ts';
import { gitAutopilotStore } from './adapters/git/gitAutopilotStore.ts';
import { GitAttemptStore } from './adapters/git/gitAttemptStore.ts';
import { neededFiles, sourcesOf, type ImportsOf } from './adapters/git/neededFiles.ts';
import { GitMarks } from './adapters/git/marks.ts';
import { fetchedStudies } from './adapters/git/fetchedStudies.ts';
import { beginRepository, initRepository, isInRepository } from './adapters/git/repository.ts';
import { mapInThread } from './adapters/mapping/mapInThread.ts';
import { TreeSitterSyntax } from './adapters/syntax/treeSitterSyntax.ts';
import { attachTo, trainingScriptOf } from './compose/composeAttach.ts';
import { sha256 } from './util/sha256.ts';
import type { RayWorkers } from './execution/ray/rayWorkers.ts';
import type { Sources } from './execution/workerOptions.ts';
import { composePorts } from './compose/composePorts.ts';
import { composeRay, machinesOf } from './compose/composeRay.ts';
import { proposingOf } from './compose/composeProposing.ts';
import { composeSource } from './compose/composeSource.ts';
import { composeStart } from './compose/composeStart.ts';
import { studiesAt } from './compose/studiesAt.ts';

/** Builds the engine; nothing is started before it is asked for. */
export function createEngine(options: EngineOptions): Engine {
  const syntax = new TreeSitterSyntax(
    (file) => join(options.distFolder, file),
    options.builderNames,
  );
  const importsOf: ImportsOf = (path, text) => syntax.importsOf(path, text);
  const store = new GitAttemptStore(importsOf);
  const sources: Sources = (study, text) => sourcesOf(study, text, importsOf);
  const needed = (study: Study): Promise<readonly string[]> => neededFiles(study, importsOf);
  const cluster = composeRay(options, { sources, needed });
  const thread = options.logsInThread === true ? threadOf(options) : null;
  const logs: Logs = thread ?? diskLogs;
  const ports = composePorts(options, { store, syntax, sources, cluster, logs });
  return engineOn(options, ports, { store, cluster, logs, thread });
}

/**
 * What stands behind the ports, where the engine itself is asked; `thread`: what reads its logs, to
 * be ended with it.
 */
interface Behind {
  readonly store: GitAttemptStore;
  readonly cluster: RayWorkers | null;
  readonly logs: Logs;
  readonly thread: ThreadLogs | null;
}

function engineOn(options: EngineOptions, ports: Ports, behind: Behind): Engine {
  const { store, cluster, logs, thread } = behind;
  return {
    hearing: (listener) => hearing(listener, { options, ports, behind }),
    openStudy: (path, choice) =>
      openAsTrained(path, {
        ...choice,
        builder: options.builder ?? choice?.builder,
        train: options.train,
        logs,
      }),
    lackOf: (study) => lackOf(study, options),
    trainingScript: trainingScriptOf,
    attach: ({ modelPath }, script, observing) =>
      attachTo({ script, modelPath }, observing, options),
    modelOfLog: findModelOfLog,
    logsOfModel: (path) => logsOfStudy(path, logs),
    remediesFor,
    ...readingOf(ports, logs),
    ...proposingOf(options, ports),
    ...trainingOf(ports),
    ...composeStart(options.distFolder, ports),
    ...composeSource(ports),
    fetchedStudies,
    findAttempt: async (folder, name) => {
      const { studies, unread } = await studiesAt(folder);
      return findAttempt(name, { studies, unread, store });
    },
    ...attemptsIn(store),
    ...composeViews(ports, options.distFolder),
    compress: (study, request) => compressModel(study, request, ports),
    exportModel: (study, request) =>
      exportModel(study, request, { ...ports, exports: new DiskExportFolders() }),
    weights: async (study, id) => weightsOf(await openSession(study, ports), id, ports),
    autopilots: gitAutopilotStore,
    machines: () => machinesOf(cluster, ports.trainer.workers),
    isInRepository,
    initRepository,
    beginRepository,
    dispose: async () => {
      await Promise.all([ports.trainer.dispose(), thread?.dispose()]);
    },
  };
}

const threadOf = ({ distFolder }: EngineOptions): ThreadLogs =>
  new ThreadLogs(join(distFolder, 'logs.cjs'));

/** Builders and logs, as they are. */
function readingOf(
  ports: Ports,
  logs: Logs,
): Pick<
  Engine,
  | 'inspect'
  | 'lens'
  | 'inspectStudy'
  | 'diagnose'
  | 'followLog'
  | 'nameInLog'
  | 'runsOfLog'
  | 'editorLines'
> {
  const { syntax } = ports;
  return {
    inspect: async (text, language) => {
      await syntax.load(language);
      return syntax.read(text, language);
    },
    lens: (study, text, data) => readLens(study, text, data, syntax),
    inspectStudy: (study, signal) => inspectStudy(study, signal, ports),
    diagnose: (path, options) => logs.diagnose(path, options),
    followLog: (path, options) => logs.follow(path, options),
    nameInLog,
    runsOfLog: (path, options) => logs.runs(path, options),
    editorLines: (path, lines) => logs.editorLines(path, lines),
  };
}

/** What trains without a proposer. */
const trainingOf = (
  ports: Ports,
): Pick<Engine, 'train' | 'tryOut' | 'unseal' | 'ablate' | 'seedTable' | 'hunkEffects'> => ({
  train: (study, { retrain, seeds, signal }) =>
    retrain === null
      ? trainFile(study, signal, ports)
      : retrainAttempt(study, { id: retrain, seeds, signal }, ports),
  tryOut: (study, signal) => tryOut(study, signal, ports),
  unseal: (study, id, signal) => unsealTest(study, id, signal, ports),
  ablate: (study, id, signal) => ablateHunks(study, id, signal, ports),
  seedTable: async (study, id) => readSeedTable(await openSession(study, ports), id),
  hunkEffects: async (study, id) => readHunkEffects(id, await openSession(study, ports)),
});

function hearing(
  listener: Ports['onEvent'],
  { options, ports, behind }: { options: EngineOptions; ports: Ports; behind: Behind },
): Engine {
  const onEvent: Ports['onEvent'] = (event) => {
    listener(event);
    options.onEvent(event);
  };
  return engineOn({ ...options, onEvent }, { ...ports, onEvent }, behind);
}

/** What is kept: attempts, marks, and what can be made of them in git and on disk. */
function attemptsIn(
  store: GitAttemptStore,
): StudyReader &
  Pick<
    Engine,
    | 'marks'
    | 'mark'
    | 'attempt'
    | 'diagnoseAttempt'
    | 'variantText'
    | 'checkOut'
    | 'branchAt'
    | 'promote'
    | 'apply'
    | 'exportHistory'
  > {
  const marks = new GitMarks();
  const reader: StudyReader = {
    history: (study) => store.list(study),
    records: (study, ids) => store.readMany(study, ids),
  };
  return {
    ...reader,
    marks: async (study) => marks.read(study, await store.list(study)),
    mark: async (study, id, mark) => {
      const { summary } = await findAttempt(id, { studies: [study], store });
      await marks.write(study, summary, mark);
    },
    attempt: (study, id) => store.read(study, id),
    diagnoseAttempt: async (study, id) => diagnoseTraining(await store.read(study, id), study),
    variantText: (study, id) => store.readVariant(study, id),
    checkOut: (study, id, folder) => store.checkOut(study, id, folder),
    branchAt: (study, id, name) => store.branchAt(study, id, name),
    promote: (study, id, branch) => promote(study, id, branch, store),
    apply: async (study, id, unrecorded) =>
      applyVariant(study, await store.readVariant(study, id), {
        unrecorded,
        isRecorded: (hash) => isKept(study, hash, store),
      }),
    exportHistory: (study, request) => exportHistory(reader, study, request),
  };
}

/** An attempt of the user's own holds a text of this hash: what a record says of it is no proof. */
async function isKept(study: Study, hash: string, store: GitAttemptStore): Promise<boolean> {
  if (study.remote !== undefined) return false;
  const attempts = await store.list(study);
  const claiming = attempts.find(({ sourceHash }) => sourceHash === hash);
  return claiming !== undefined && sha256(await store.readVariant(study, claiming.id)) === hash;
}

/** What editors and pages show beyond the records themselves. */
function composeViews(
  ports: Ports,
  distFolder: string,
): Pick<Engine, 'dataShape' | 'attemptView' | 'compare' | 'studyMap' | 'attemptOfCode'> {
  const dataShape: Engine['dataShape'] = async (study, attempts) =>
    mayProfile(study, attempts, ports.trainer)
      ? ports.trainer.profileData(study, new AbortController().signal)
      : null;
  return {
    dataShape,
    attemptView: (study, id) => readAttemptView(study, id, ports),
    compare: async (study, ids) =>
      compareAttempts(study, { ids, data: await dataShape(study, ids.length) }, ports),
    attemptOfCode: (study, text) => attemptOfCode(study, text, ports),
    studyMap: async (study) =>
      mapInThread(join(distFolder, 'map.cjs'), await ports.store.list(study)),
  };
}
