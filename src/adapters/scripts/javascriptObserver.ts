import type { ObservingProgram } from '../../ports/observingProgram.ts';

/** Where the TypeScript worker is, and where it may keep things. */
export interface WorkerPlace {
  readonly nodePath: string;
  /** `worker.cjs`. */
  readonly workerPath: string;
  /** Folder of the files Cortex ships for its workers. */
  readonly assetFolder: string;
  /** A folder of Cortex's own, for the data. */
  readonly attachedFolder: string;
}

/** Bytes of the heap, in MB: a script's data are all in it once. */
const HEAP_MB = 4096;

/**
 * How the worker is started to look at a script. It may read what its user may; what it writes
 * itself goes into Cortex's folder, and nothing else can be written.
 */
export const javascriptObserver = (
  script: string,
  { nodePath, workerPath, assetFolder, attachedFolder }: WorkerPlace,
): ObservingProgram => ({
  program: nodePath,
  arguments: (answerPath) => [
    `--max-old-space-size=${HEAP_MB}`,
    '--permission',
    '--allow-fs-read=*',
    `--allow-fs-write=${attachedFolder}`,
    workerPath,
    '--observe',
    assetFolder,
    attachedFolder,
    answerPath,
    script,
  ],
  environment: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
});
