import type { AttemptKind } from '../../record/attempt.ts';
import type { AttemptView } from './attemptView.ts';

/** What an Attempt page is told, with what it needs to come back after a reload. */
export interface ToAttempt {
  readonly kind: 'attempt';
  readonly modelPath: string;
  readonly attemptId: string;
  readonly logName: string | null;
  readonly view: AttemptView;
  /** What its page offers. */
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

/** What has no text or weights of its own takes none of these. */
const OF_A_VARIANT: readonly AttemptAction[] = [
  'apply',
  'diffWithParent',
  'diffWithBaseline',
  'retrain',
  'exportModel',
  'makeSmaller',
];

/** Kinds that say something about another attempt, whose text they have. */
const ABOUT: readonly AttemptKind[] = ['check', 'more-seeds', 'unsealing', 'sweep'];

/** Where the attempt stands: in a study that was fetched, with its model file here or not. */
interface Place {
  readonly isFetched: boolean;
  readonly hasFile: boolean;
}

/**
 * What can be done with an attempt: a study that was fetched is trained no further, without its
 * model file nothing is applied to it, and nothing stands before a baseline.
 */
export function actionsFor(
  kind: AttemptKind | undefined,
  { isFetched, hasFile }: Place,
): readonly AttemptAction[] {
  const left = new Set<AttemptAction>([
    ...(isFetched ? (['retrain', 'exportModel', 'makeSmaller'] as const) : []),
    ...(hasFile ? [] : (['apply', 'diffWithFile'] as const)),
    ...(kind === 'baseline' ? (['diffWithParent', 'diffWithBaseline'] as const) : []),
    ...(kind && ABOUT.includes(kind) ? OF_A_VARIANT : []),
  ]);
  return attemptActions.filter((action) => !left.has(action));
}

/** What an Attempt page tells. */
export type FromAttempt =
  | { readonly kind: 'ready' }
  | { readonly kind: 'open'; readonly id: string }
  /** A line of the log that proves something, as an editor counts; 1-based. */
  | { readonly kind: 'log'; readonly line: number }
  | { readonly kind: 'do'; readonly action: AttemptAction };
