import type { AttemptView } from './attemptView.ts';

/** What an Attempt page is told, with what it needs to come back after a reload. */
export interface ToAttempt {
  readonly kind: 'attempt';
  readonly modelPath: string;
  readonly attemptId: string;
  readonly logName: string | null;
  readonly view: AttemptView;
  /**
   * What its page offers: a study that was fetched takes nothing in, and its model file may not be
   * here.
   */
  readonly actions: readonly AttemptAction[];
}

/** What can be done with the attempt from its page. */
export const attemptActions = [
  'apply',
  'diffWithParent',
  'diffWithBaseline',
  'diffWithFile',
  'compare',
  'retrain',
  'exportModel',
  'makeSmaller',
  'copySha',
] as const;

export type AttemptAction = (typeof attemptActions)[number];

/** What an Attempt page tells. */
export type FromAttempt =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly id: string }
  /** A line of the log that proves something, as an editor counts; 1-based. */
  | { readonly kind: 'log'; readonly line: number }
  | { readonly kind: 'do'; readonly action: AttemptAction };
