import type { Forecast } from './forecast.ts';
import type { TrainingLog } from './trainingLog.ts';

/** What findings are called; operators' preconditions and prompts refer to them. */
export const FINDING_KINDS = [
  'improvement-rate',
  'convergence-trend',
  'train-validation-gap',
  'overfitting',
  'under-trained',
  'plateau',
  'underfitting',
  'divergence',
  'not-a-number',
  'oscillation',
  'creeping',
  'noisy-validation',
  'validation-below-training',
  'metric-loss-disagree',
  'class-collapse',
  'not-learning',
  'restart',
  'taken-as-loss',
  'other-run',
  'too-few-epochs',
  'cannot-tell',
] as const;

/** Findings that only ever tell something: there is nothing in them to answer. */
export const NOTES: readonly FindingKind[] = [
  'validation-below-training',
  'restart',
  'other-run',
  'too-few-epochs',
  'cannot-tell',
  'taken-as-loss',
];

/** What a finding is called. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One thing seen in a log, with its proof. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'info' | 'warning' | 'problem';
  /** 1-based log lines that prove it; empty for curves that came from a trial. */
  readonly lines: readonly number[];
  /** One sentence with the numbers in it. */
  readonly text: string;
  /** The epoch it starts at, where it has one. */
  readonly onsetEpoch: number | null;
}

/** What a log says about a run. */
export interface Diagnosis {
  /** File name of the log, or `baseline training`. */
  readonly source: string;
  readonly epochs: number;
  /** What the log counts. */
  readonly counter?: 'epoch' | 'step' | 'row';
  /** The numbers of its epochs or steps, as logged. */
  readonly counted?: readonly number[];
  /** Which run of the log it is of (1-based), and how many there are. */
  readonly run: TrainingLog['run'];
  readonly series: Readonly<Record<string, readonly (number | null)[]>>;
  /**
   * Share by which the loss fell from the first to the last epoch: at most 1, negative where it
   * rose; `null` when it cannot be told.
   */
  readonly improvementRate: number | null;
  readonly trend: 'improving' | 'plateauing' | 'worsening' | 'cannot-tell';
  /** (val_loss − loss) / loss at the end; `null` without a validation series. */
  readonly gap: number | null;
  readonly overfitting: 'unlikely' | 'moderate' | 'likely' | 'cannot-tell';
  readonly findings: readonly Finding[];
  /**
   * What the judged loss is expected to reach at twice the epochs; `null` where its course does not
   * tell.
   */
  readonly outlook?: (Forecast & { readonly series: string }) | null;
}
