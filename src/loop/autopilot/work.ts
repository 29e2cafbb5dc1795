import type { Diagnosis } from '../../log/diagnosis.ts';
import type { Architecture } from '../../model/architecture.ts';
import type { Language } from '../../model/modelFile.ts';
import type { Surroundings } from '../../ports/surroundings.ts';
import type { AutopilotStore } from '../../ports/autopilotStore.ts';
import type { Attempt } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Task } from '../../record/autopilotState.ts';
import type { RunSpec } from '../../study/runSpec.ts';
import type { Study } from '../../study/study.ts';
import type { SweepSpec } from '../../study/sweepSpec.ts';
import type { CortexError } from '../../util/errors.ts';
import type { Result } from '../../util/result.ts';
import type { CompressRequest } from '../compress/smaller.ts';
import type { TrainRequest } from '../retrain.ts';
import type { LoopEvent } from '../loopEvent.ts';

/**
 * The loop as an autopilot uses it: what a person can ask for, and no more. There is no second way
 * of training, judging or recording.
 */
export interface Work {
  /** The same, with all that it does told to `listener`, too. */
  hearing(listener: (event: LoopEvent) => void): Work;
  openStudy(path: string): Promise<Study>;
  history(study: Study): Promise<readonly AttemptSummary[]>;
  attempt(study: Study, id: string): Promise<Attempt>;
  variantText(study: Study, id: string): Promise<string>;
  /** The study's file as it is, and the earliest attempt that trained this code. */
  ownText(study: Study): Promise<string>;
  attemptOfCode(study: Study, text: string): Promise<AttemptSummary | undefined>;
  inspect(text: string, language: Language): Promise<Result<Architecture, CortexError>>;
  dataHash(study: Study, signal: AbortSignal): Promise<string | null>;
  diagnose(logPath: string): Promise<Diagnosis>;
  studiesBeside(study: Study): Promise<readonly Study[]>;
  train(study: Study, request: TrainRequest): Promise<unknown>;
  improve(study: Study, request: RunSpec & { readonly seed: number }): Promise<unknown>;
  search(study: Study, spec: SweepSpec): Promise<unknown>;
  compress(study: Study, request: CompressRequest): Promise<unknown>;
  ablate(study: Study, id: string, signal: AbortSignal): Promise<unknown>;
}

/** Everything around an autopilot. */
export interface AutopilotPorts {
  readonly work: Work;
  readonly store: AutopilotStore;
  readonly machine: Surroundings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly onEvent: (event: AutopilotEvent) => void;
}

/** What happens, for whoever watches: a sentence for people, and what it is about. */
export interface AutopilotEvent {
  readonly kind: 'begun' | 'ended' | 'promoted' | 'not-promoted' | 'waiting' | 'set-aside';
  readonly study: string;
  readonly task: Task | null;
  readonly text: string;
}
