import type { AutopilotState } from '../record/autopilotState.ts';
import type { Study } from '../study/study.ts';

/**
 * What an autopilot knows of a study from one process to the next, kept in its repository on a ref
 * of its own: a commit for each change. Every method rejects with a `CortexError`.
 */
export interface AutopilotStore {
  /** The state as it is now, and the commit that holds it; `''` where there is none yet. */
  read(study: Study): Promise<StoredState>;
  /** Writes what `to` makes of the state; it is asked again where another process was faster. */
  change(
    study: Study,
    what: string,
    to: (state: AutopilotState) => AutopilotState,
  ): Promise<StoredState>;
  /**
   * Makes this process the one that works on the study; rejects with `autopilot-running` where
   * another one that lives does.
   */
  claim(study: Study, to: (state: AutopilotState) => AutopilotState): Promise<StoredState>;
  /** Whether a process that lives has claimed the study: this one or another. */
  isClaimed(state: AutopilotState): Promise<boolean>;
  /** Whether another process trains an attempt of the study now. */
  isBusy(study: Study): Promise<boolean>;
  /** Notes that a person types in an editor, in the repository of the study. */
  noteTyping(study: Study): Promise<void>;
  /** When a person has typed there last, in milliseconds since the epoch; `null`: not known. */
  typedAt(study: Study): Promise<number | null>;
}

/** A state and where it stands. */
export interface StoredState {
  readonly state: AutopilotState;
  readonly commit: string;
}
