import type { Diagnosis } from '../log/diagnosis.ts';
import type { OperatorContext } from '../propose/operators/operatorContext.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { DataProfile } from '../record/dataProfile.ts';
import type { Offer } from './rankCandidates.ts';

/** Below this share of the variance explained a model says hardly more than the mean. */
const LEAST_R2 = 0.05;

/** A cross-entropy this near to that of the classes' shares says hardly more than them. */
const LEAST_GAIN = 0.98;

/**
 * Whether an offer goes against what is known already: a model that is no better than always giving
 * the same answer is not held back from learning, and a learning rate is not raised again where the
 * check of the baseline has tried larger ones.
 */
export function isSettled({ operator }: Offer, { context, history }: Known): boolean {
  if (operator.name === 'raise-learning-rate' && isRateSettled(history)) return true;
  return (operator.answers.overfitting ?? 0) > 0 && hasNotLearned(context);
}

interface Known {
  readonly context: OperatorContext;
  readonly history: readonly AttemptSummary[];
}

/** Since the last baseline a check has tried larger rates, and none is left unproven. */
function isRateSettled(history: readonly AttemptSummary[]): boolean {
  const from = history.findLastIndex(({ kind }) => kind === 'baseline');
  return history.slice(from + 1).some(({ kind }) => kind === 'check');
}

/** As far as its curves tell: by R², or by the entropy of the classes' shares. */
function hasNotLearned({ diagnosis, network }: OperatorContext): boolean {
  const r2 = lastOf(diagnosis, 'val_r2');
  if (r2 !== null) return r2 < LEAST_R2;
  const [loss, trivial] = [lastOf(diagnosis, 'val_loss'), entropyOf(network.data)];
  return loss !== null && trivial !== null && loss > trivial * LEAST_GAIN;
}

const lastOf = ({ series }: Diagnosis, key: string): number | null =>
  (series[key] ?? []).findLast((value) => value !== null && Number.isFinite(value)) ?? null;

/** `null` where the data are no classes. */
function entropyOf(data: DataProfile | null): number | null {
  const shares = (data?.classShares ?? []).filter((share) => share > 0);
  if (data?.task !== 'classification' || shares.length < 2) return null;
  return -shares.reduce((sum, share) => sum + share * Math.log(share), 0);
}
