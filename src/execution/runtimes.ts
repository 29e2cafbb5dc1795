/**
 * All that trains, as data: the one place that names a runtime, the languages it takes and how its
 * program is started. Another runtime is one entry here and a program that speaks `protocol.ts`.
 */
import { dirname } from 'node:path';
import type { Runtime } from '../model/runtime.ts';
import type { Study } from '../study/study.ts';
import { PASSED_ON, type Launch } from './launch.ts';
import type { Layer } from './sandbox/sandbox.ts';
import { frameworkOfStudy, onPython, type PythonPlace } from './pythonLaunch.ts';

/** Where on this machine the programs of the runtimes are. */
export interface Place {
  /** Node 22.15 or newer (or VS Code's own executable). */
  readonly nodePath: string;
  /** The bundle of the worker that trains with TensorFlow.js. */
  readonly workerPath: string;
  /** Folder of the bundles and `.wasm` files. */
  readonly assetFolder: string;
  /** Folders to look for a working `@tensorflow/tfjs-node` in, best first. */
  readonly tfjsNodeFolders: (study: Study) => readonly string[];
  /** Absent: Python model files are not trained. */
  readonly python?: PythonPlace;
}

/** A runtime that this installation can start. */
export interface LaunchedRuntime extends Runtime {
  /**
   * Whether `auto` compares it with others, asks it only where none of those trains the variant, or
   * leaves it to be asked for by name.
   */
  readonly auto: 'compared' | 'last' | 'never';
  /** Loads add-ons, which only the system can confine: without it, asked for by name alone. */
  readonly addOns?: true;
  /** Where a language alone does not say it: whether it trains this study's model file. */
  readonly fits?: (study: Study) => boolean;
  /** How its worker is started for a study; rejects with an `environment` error. */
  readonly launch: (place: Place, study: Study) => Launch | Promise<Launch>;
}

const JAVASCRIPT = ['typescript', 'tsx', 'javascript'] as const;

/** In the order they are preferred where none can be measured. */
export const RUNTIMES: readonly LaunchedRuntime[] = [
  {
    name: 'wasm',
    languages: JAVASCRIPT,
    capabilities: ['models-as-data', 'folds', 'streamed-data', 'protection', 'everywhere'],
    auto: 'compared',
    launch: (place, study) => onNode(place, study, []),
  },
  {
    name: 'tfjs-node',
    languages: JAVASCRIPT,
    capabilities: ['models-as-data', 'folds', 'streamed-data', 'protection'],
    auto: 'compared',
    addOns: true,
    // What native code does itself (it is TensorFlow, and any add-on the user's packages load) is
    // not held by Node's permission model.
    launch: (place, study) => ({
      ...onNode(place, study, ['--allow-addons']),
      runtimeFolders: place.tfjsNodeFolders(study),
    }),
  },
  {
    name: 'cpu',
    languages: JAVASCRIPT,
    capabilities: ['models-as-data', 'folds', 'streamed-data', 'protection', 'everywhere'],
    auto: 'last',
    launch: (place, study) => onNode(place, study, []),
  },
  {
    name: 'keras',
    languages: ['python'],
    capabilities: ['folds', 'protection'],
    auto: 'compared',
    fits: (study) => frameworkOfStudy(study) === 'keras',
    launch: (place, study) => onPython(place.python, study, 'keras'),
  },
  {
    name: 'torch',
    languages: ['python'],
    capabilities: ['folds', 'protection'],
    auto: 'compared',
    fits: (study) => frameworkOfStudy(study) === 'torch',
    launch: (place, study) => onPython(place.python, study, 'torch'),
  },
];

/** The runtimes as a session chooses among them, whose workers are held by this. */
export const runtimesUnder = (layer: Layer): readonly LaunchedRuntime[] =>
  RUNTIMES.map((runtime) =>
    layer === 'none' && runtime.addOns ? { ...runtime, auto: 'never' } : runtime,
  );

/** The same for workers on other machines: what is not there for certain is asked for by name. */
export const runtimesElsewhere: readonly LaunchedRuntime[] = RUNTIMES.map((runtime) =>
  runtime.addOns ? { ...runtime, auto: 'never' } : runtime,
);

/** Whether Node's permissions do not hold a runtime. */
export const loadsAddOns = (name: string): boolean =>
  RUNTIMES.some((runtime) => runtime.name === name && runtime.addOns === true);

/** Whether nothing but the system can hold code of a variant: native code, and Python's. */
export const isHeldBySystemAlone = (name: string): boolean =>
  RUNTIMES.some(
    (runtime) =>
      runtime.name === name && (runtime.addOns === true || runtime.languages.includes('python')),
  );

/** What a user may ask for. */
export const RUNTIME_CHOICES: readonly string[] = ['auto', ...RUNTIMES.map(({ name }) => name)];

/** Node's permission model refuses writing files, starting processes and threads. */
const onNode = (
  { nodePath, workerPath, assetFolder }: Place,
  { config: { limits } }: Study,
  flags: readonly string[],
): Launch => ({
  program: nodePath,
  arguments: [
    `--max-old-space-size=${Math.ceil(limits.memoryMB)}`,
    '--permission',
    '--allow-fs-read=*',
    ...flags,
    workerPath,
  ],
  folder: dirname(workerPath),
  passedOn: PASSED_ON,
  environment: {
    // VS Code's own executable behaves as Node only when told so.
    ...(process.versions['electron'] !== undefined && { ELECTRON_RUN_AS_NODE: '1' }),
    TF_CPP_MIN_LOG_LEVEL: '2',
  },
  assetFolder,
  runtimeFolders: [],
});
