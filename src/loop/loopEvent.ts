import type { Diagnosis } from '../log/diagnosis.ts';
import type { TrainProgress } from '../ports/trainer.ts';
import type { Failure } from '../record/trial.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Proposal } from '../study/proposal.ts';
import type { SweepStanding } from './sweep/standing.ts';

/** What happens, while it happens: for status bars, progress lines and views. */
export type LoopEvent =
  /**
   * What the run would take, before it begins; all for the whole run, `null` where it cannot be
   * known.
   */
  | {
      readonly kind: 'forecast';
      readonly forecast: {
        readonly model: string | null;
        readonly requests: number | null;
        readonly inputTokens: number | null;
        readonly outputTokens: number | null;
        readonly usd: number | null;
        /** Of training, with the fewest seeds and with the most. */
        readonly minutes: { readonly from: number; readonly to: number } | null;
        /** Sentences for people. */
        readonly text: string;
      };
    }
  /**
   * What the baseline is worth beside simple models, or better training: a sentence for people, and
   * the attempt that holds the runs.
   */
  | { readonly kind: 'checked'; readonly text: string; readonly check: string | null }
  /** A short run to find out how well the baseline is trained: `learning rate 0.01, 5 epochs`. */
  | { readonly kind: 'trying'; readonly text: string }
  /**
   * What was interrupted goes on: which proposal, which seeds are not trained again; a sentence for
   * people.
   */
  | { readonly kind: 'resuming'; readonly text: string }
  /**
   * Something about the study that its user has to know, a sentence: other data than before, data
   * that is small.
   */
  | { readonly kind: 'notice'; readonly text: string }
  /** Trained weights were let go of to keep within the study's bounds: a sentence for people. */
  | { readonly kind: 'dropped'; readonly text: string }
  | { readonly kind: 'diagnosed'; readonly diagnosis: Diagnosis }
  /** A language model is writing: its answer so far. */
  | { readonly kind: 'thinking'; readonly text: string }
  | { readonly kind: 'proposed'; readonly proposal: Proposal; readonly round: number }
  | { readonly kind: 'repairing'; readonly failure: Failure; readonly step: number }
  | {
      readonly kind: 'training';
      readonly title: string;
      readonly attemptId: string;
      readonly number: number;
      readonly parents: readonly string[];
    }
  /** `isReference`: what trains is not the attempt itself but what it is compared with. */
  | {
      readonly kind: 'progress';
      readonly attemptId: string;
      readonly progress: TrainProgress;
      readonly isReference?: boolean;
    }
  /** A search of a space goes on. */
  | { readonly kind: 'sweeping'; readonly standing: SweepStanding }
  | { readonly kind: 'recorded'; readonly attempt: AttemptSummary; readonly text: string };
