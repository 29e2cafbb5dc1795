import type { Attempt } from './attempts/attempt.ts';
import type { CortexError } from './errors.ts';
import type { Architecture } from './model/architecture.ts';
import type { Language } from './model/modelFile.ts';
import type { AttemptSummary, LoopEvent, Reviewer } from './ports.ts';
import type { Result } from './result.ts';
import type { Study } from './study/study.ts';
import type { StudyReport } from './study/studyReport.ts';

/** What a host (VS Code, a terminal) hands to the engine. */
export interface EngineOptions {
  /** Folder of the bundles and WebAssembly files. */
  readonly distFolder: string;
  /** The Node (or Electron) binary that workers run on. */
  readonly nodePath: string;
  /** Names a builder may have beyond `BUILDER_NAMES`. */
  readonly builderNames: readonly string[];
  readonly runtime: RuntimeChoice;
  readonly reviewer: Reviewer;
  readonly onEvent: (event: LoopEvent) => void;
  readonly cortexVersion: string;
}

/** Which runtime trains; `auto` probes those available and takes the fastest. */
export type RuntimeChoice = 'auto' | 'tfjs-node' | 'wasm' | 'cpu';

/** How long and with what luck to search. */
export interface SearchOptions {
  readonly rounds: number;
  /** The user's own words, if any. */
  readonly wish: string | null;
  readonly seed: number;
  readonly signal: AbortSignal;
}

/** What to train: the model file as it is (`attempt: null`), or an earlier attempt once more, by id. */
export interface TrainOptions {
  readonly attempt: string | null;
  readonly signal: AbortSignal;
}

/** The whole product behind one interface, for a host that loads it on demand. Every method rejects with a `CortexError`. */
export interface Engine {
  openStudy(modelPath: string): Promise<Study>;
  inspect(text: string, language: Language): Promise<Result<Architecture, CortexError>>;
  improve(study: Study, options: SearchOptions): Promise<StudyReport>;
  train(study: Study, options: TrainOptions): Promise<AttemptSummary>;
  /** All attempts, oldest first. */
  history(study: Study): Promise<readonly AttemptSummary[]>;
  attempt(study: Study, id: string): Promise<Attempt>;
  /** The model file's text as that attempt trained it. */
  variantText(study: Study, id: string): Promise<string>;
  /** Makes `folder` a git repository; never called without the user's word. */
  initRepository(folder: string): Promise<void>;
  /** Stops every worker. */
  dispose(): Promise<void>;
}
