import { plural } from './plural.ts';

/**
 * Who has to act on an error; the hosts map it to an exit code or a kind of message.
 * `input`: the user's files or words; `environment`: git, disk, machine; `training`: a run that
 * failed;
 * `cancelled`: the user stopped it; `defect`: Cortex itself is wrong.
 */
export type ErrorKind = 'input' | 'environment' | 'training' | 'cancelled' | 'defect';

/** The parts of an error a user reads: what happened, what was expected, how to mend it. */
export interface ErrorParts {
  /** Literal, stable, kebab-case, room first: `git-index-locked`, `data-missing-column`. */
  readonly code: string;
  readonly kind: ErrorKind;
  readonly happened: string;
  readonly expected: string;
  readonly remedy: string;
  /** Where in the user's file, 1-based, when it is known. */
  readonly line?: number | undefined;
  /** Absolute path of the file that has to be mended, where it is not the model file. */
  readonly file?: string | undefined;
  /** The builders of a model file, where one has to be chosen. */
  readonly builders?: readonly Place[];
  readonly cause?: unknown;
}

/** Something with a name in the user's file; its line is 1-based. */
interface Place {
  readonly name: string;
  readonly line: number;
}

/**
 * The one error class; each room makes its errors by named factories that call this constructor.
 */
export class CortexError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly happened: string;
  readonly expected: string;
  readonly remedy: string;
  /** 1-based line of the user's file; `null` where none is known. */
  readonly line: number | null;
  readonly file: string | null;
  readonly builders: readonly Place[];

  /**
   * Bundles carry a copy of this class each; an error of another bundle is one of ours all the
   * same.
   */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'CortexError' && 'remedy' in value;
  }

  constructor(parts: ErrorParts) {
    super(`${parts.happened} Expected: ${parts.expected} ${parts.remedy}`, { cause: parts.cause });
    this.name = 'CortexError';
    this.code = parts.code;
    this.kind = parts.kind;
    this.happened = parts.happened;
    this.expected = parts.expected;
    this.remedy = parts.remedy;
    this.line = parts.line ?? null;
    this.file = parts.file ?? null;
    this.builders = parts.builders ?? [];
  }
}

/**
 * The code under which a language model refuses to send more: a run of the loop ends there, it does
 * not fail.
 */
export const BUDGET_SPENT = 'llm-budget-spent';

/**
 * The code under which a model file that cannot be trained as it is ends a run, unless a repair is
 * found.
 */
export const BASELINE_FAILED = 'baseline-failed';

/** The code under which a replay finds no recorded answer: nobody else may answer in its place. */
export const REPLAY_MISSING = 'replay-missing-answer';

/** The user stopped the work; never shown as a failure. */
export const cancelledError = (what: string): CortexError =>
  new CortexError({
    code: 'cancelled',
    kind: 'cancelled',
    happened: `${what} was cancelled.`,
    expected: 'it to run to its end.',
    remedy: 'Start it again when you like; what had finished is kept.',
  });

/** Somebody stopped the work, or a limit did. */
export const isCancelled = (error: unknown): error is CortexError =>
  error instanceof CortexError && error.kind === 'cancelled';

/** A run has used the time it was given: the reason with which its signal is aborted. */
export const timeSpentError = (minutes: number): CortexError =>
  new CortexError({
    code: 'run-time-spent',
    kind: 'cancelled',
    happened: `Stopped: the ${minutes} minutes of the run were over.`,
    expected: 'it to end within its time.',
    remedy: 'Give the next run more time; what had finished is kept.',
  });

/** Why a signal was aborted, where it was not by the user; `null` otherwise. */
export const limitBehind = ({ reason }: AbortSignal): string | null =>
  reason instanceof CortexError ? reason.happened : null;

/** Throws when `signal` is aborted: the limit behind it, or {@link cancelledError}. */
export function throwIfAborted(signal: AbortSignal | undefined, what: string): void {
  if (signal?.aborted)
    throw signal.reason instanceof CortexError ? signal.reason : cancelledError(what);
}

/** An attempt that was to get more seeds has as many already. */
export const noMoreSeedsError = (number: number, seeds: number): CortexError =>
  new CortexError({
    code: 'attempt-has-seeds',
    kind: 'input',
    happened: `#${number} was trained with ${plural(seeds, 'seed')} already.`,
    expected: `more than ${plural(seeds, 'seed')} in all.`,
    remedy: `Ask for ${seeds + 2}, say.`,
  });

/** An error as a message carries it. */
export function refusalOf({ code, kind, happened, expected, remedy }: CortexError) {
  const told = kind === 'input' || kind === 'environment' ? kind : ('defect' as const);
  return { code, kind: told, happened, expected, remedy };
}
