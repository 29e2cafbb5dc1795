import type { Attempt } from '../record/attempt.ts';
import { referencesOf } from '../record/kinds.ts';
import type { Footing } from '../record/training.ts';
import type { Trial } from '../record/trial.ts';
import type { AttemptDraft } from './beginAttempt.ts';
import { finishAttempt } from './finishAttempt.ts';
import type { CurveBound } from '../judge/fallenBehind.ts';
import type { Ports } from './ports.ts';
import type { TrainProgress, TrainResult } from '../ports/trainer.ts';

/** What is trained with which seeds; stopped by the signal. */
export interface DraftTraining {
  readonly seeds: readonly number[];
  /** All that may be trained for the attempt: what progress counts by; absent: `seeds`. */
  readonly among?: readonly number[];
  readonly signal: AbortSignal;
  /**
   * Another attempt's text, for comparison; its trials are kept as references, not as the draft's
   * own.
   */
  readonly reference?: { readonly attempt: string; readonly text: string };
  /** `test` opens the sealed part. */
  readonly evaluateOn?: 'validation' | 'test';
  /** Where seeds are given up while they train. */
  readonly bounds?: readonly CurveBound[];
  /** Trained models it builds on; absent: none. */
  readonly footing?: Footing;
}

/**
 * Trains an attempt under way, on the validation part, telling its progress; each finished trial is
 * kept in the draft beside those it has. Where the trainer itself refuses (bad data, no runtime,
 * stopped before it began), the attempt is recorded as cancelled before the error goes on.
 */
export async function trainDraft(
  draft: AttemptDraft,
  training: DraftTraining,
  ports: Ports,
): Promise<TrainResult> {
  const { seeds, signal, reference, evaluateOn = 'validation', bounds = [], footing } = training;
  const { text, attempt } = draft;
  const { study } = draft.session;
  const keeper = keepTrials(draft, reference?.attempt ?? null);
  const counted = countAmong(training.among ?? seeds, seeds);
  const train = (): Promise<TrainResult> =>
    ports.trainer.train({
      study,
      variant: { path: study.modelPath, text: reference?.text ?? text },
      seeds,
      evaluateOn,
      bounds,
      ...footing,
      signal,
      onProgress: (progress) => {
        ports.onEvent({
          kind: 'progress',
          attemptId: attempt.id,
          progress: counted(progress),
          isReference: reference !== undefined,
        });
      },
      // What was seen on the sealed part is kept with its opening alone, never in a draft.
      ...(evaluateOn === 'validation' && { onTrial: keeper.onTrial }),
      ...(evaluateOn === 'validation' && reference === undefined && { keepWeights: true as const }),
    });
  return recordIfRefused(keeper.draft, () => train().finally(keeper.settled), ports);
}

/**
 * Counts progress by all seeds that may be trained for the attempt: `seed 2 of 6`, and the time for
 * all that are left of them, which so does not begin anew with each. The seeds after those that
 * train now are taken to last as long.
 */
function countAmong(
  among: readonly number[],
  seeds: readonly number[],
): (progress: TrainProgress) => TrainProgress {
  const later = among.slice(among.indexOf(seeds.at(-1) ?? NaN) + 1).length;
  let secondsPerSeed: number | null = null;
  return (progress) => {
    const { seed, secondsLeft } = progress;
    const left = seeds.length - seeds.indexOf(seed) - shareDone(progress);
    if (secondsLeft !== null && left > 0) secondsPerSeed = secondsLeft / left;
    return {
      ...progress,
      seedIndex: among.indexOf(seed),
      seedCount: among.length,
      secondsLeft: secondsLeft === null ? null : secondsLeft + later * (secondsPerSeed ?? 0),
    };
  };
}

/** Of the epochs of a seed, all its folds together. */
const shareDone = ({ epoch, epochs, fold }: TrainProgress): number =>
  ((fold?.number ?? 1) - 1 + epoch / epochs) / (fold?.count ?? 1);

/**
 * Where the work cannot be done at all, what is known of the attempt is recorded as cancelled, with
 * the reason, before the error goes on.
 */
export async function recordIfRefused<T>(
  draft: () => AttemptDraft,
  work: () => Promise<T>,
  ports: Ports,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await finishAttempt(
      draft(),
      { verdict: { kind: 'cancelled', text: reason, comparisons: [] } },
      ports,
    );
    throw error;
  }
}

interface Keeper {
  readonly onTrial: (trial: Trial) => void;
  readonly draft: () => AttemptDraft;
  readonly settled: () => Promise<void>;
}

/**
 * Saves the draft after each finished trial, one after the other, so that an interruption keeps it.
 */
function keepTrials(draft: AttemptDraft, reference: string | null): Keeper {
  const { session, text } = draft;
  let kept: Attempt = draft.attempt;
  let saved = Promise.resolve();
  const onTrial = (trial: Trial): void => {
    kept =
      reference === null
        ? { ...kept, trials: [...kept.trials, trial] }
        : withReference(kept, { attempt: reference, trials: [trial] });
    const now = kept;
    // Should this fail (a full disk), the attempt's own commit fails the same way and is reported
    // there.
    saved = saved.then(() => session.keep(now, text)).catch(() => undefined);
  };
  return { onTrial, draft: () => ({ ...draft, attempt: kept }), settled: () => saved };
}

/** A kind that lends no seeds keeps none. */
const withReference = (
  attempt: Attempt,
  reference: ReturnType<typeof referencesOf>[number],
): Attempt =>
  attempt.kind === 'change' || attempt.kind === 'ablation'
    ? { ...attempt, references: [...referencesOf(attempt), reference] }
    : attempt;
