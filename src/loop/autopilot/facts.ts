import type { FindingKind } from '../../log/diagnosis.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotSettings } from '../../record/autopilotSettings.ts';
import type { AutopilotState } from '../../record/autopilotState.ts';
import type { Objective } from '../../record/studyConfig.ts';
import type { PastCycle } from './pastCycle.ts';

/** A study as its triggers see it: measured, and nothing guessed. */
export interface StudyFacts {
  readonly objective: Objective;
  readonly settings: AutopilotSettings;
  readonly state: AutopilotState;
  readonly cycles: readonly PastCycle[];
  /** All attempts, oldest first. */
  readonly history: readonly AttemptSummary[];
  /** The best of the line worked on last; `null` before anything was trained. */
  readonly best: AttemptSummary | null;
  /** The attempt that stands for the file as it is, on whatever data; `null`: not trained. */
  readonly own: AttemptSummary | null;
  /** Hunks of the best attempt's change. */
  readonly hunks: number;
  /** SHA-256 of the data as they are now; `null` where nobody can tell. */
  readonly dataHash: string | null;
  /** What the best and the newest attempt were trained in, in words; `null`: not known. */
  readonly environments: { readonly best: string; readonly newest: string } | null;
  /** What the study's own log shows that can be answered, and a name of exactly these findings. */
  readonly log: { readonly findings: readonly LogFinding[]; readonly key: string } | null;
  /** The best of other studies with this data and metric, better ones first. */
  readonly elsewhere: readonly Elsewhere[];
  readonly maxSeeds: number;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** A finding of a log. */
export interface LogFinding {
  readonly kind: FindingKind;
  readonly text: string;
}

/** The best attempt of another study. */
export interface Elsewhere {
  readonly study: string;
  readonly attempt: AttemptSummary;
}

/** What a trigger found. */
export interface Raised {
  /** One sentence with the numbers in it. */
  readonly why: string;
  /** What it is about: the same subject is not raised twice; empty: it may be. */
  readonly subject: string;
  readonly attempt?: string;
  readonly focus?: string;
}
