import { SWEPT } from '../record/kinds.ts';
import { completedTrials } from '../record/measures.ts';
import { comparableConfig } from '../record/comparableConfig.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Attempt, AttemptOf } from '../record/attempt.ts';
import type { CompletedTrial } from '../record/trial.ts';
import type { AttemptDraft } from './beginAttempt.ts';

/** What a variant was trained with before, and what it was trained in. */
export type EarlierTrials = Pick<Attempt, 'parameters' | 'environment'> & {
  readonly trials: readonly CompletedTrial[];
};

/**
 * Which trials are looked for, and on which runtime they would be trained now; that is asked only
 * where there are any.
 */
interface Looked {
  readonly from: 'interrupted' | 'all';
  readonly runtime: () => Promise<string>;
}

/**
 * The trials that earlier attempts ran to their end with exactly this draft's source, data,
 * configuration and runtime, one a seed: the same seed gives the same curve, so it need not be
 * trained again. `interrupted`: only those of attempts that never came to a verdict.
 */
export async function earlierTrials(
  { session, text, attempt }: AttemptDraft,
  { from, runtime }: Looked,
  { hash }: Pick<Ports, 'hash'>,
): Promise<EarlierTrials> {
  const own = {
    sourceHash: hash(text),
    configHash: hash(comparableConfig(session.study.config)),
    dataHash: attempt.dataHash,
  };
  const all = session.history;
  // What a search chose by is no proof of it: a race is on seeds that chose nothing.
  const history = all.filter(
    (other) => isSame(other, own) && other.metric !== null && other.operator !== SWEPT,
  );
  const last =
    from === 'all' ? -1 : history.findLastIndex(({ verdict }) => verdict !== 'cancelled');
  const records = await Promise.all(history.slice(last + 1).map(({ id }) => session.attempt(id)));
  const checks =
    from === 'all'
      ? all.filter(
          (other) =>
            other.kind === 'check' && isSame({ ...other, sourceHash: own.sourceHash }, own),
        )
      : [];
  const gated = (await Promise.all(checks.map(({ id }) => session.attempt(id)))).flatMap(
    (record) => (record.kind === 'check' ? fullRuns(record, own.sourceHash) : []),
  );
  const found = [...gated, ...records];
  const here = found.length === 0 ? '' : await runtime();
  const sources = found.filter((source) => ranOn(source, here));
  const trials = sources.flatMap((source) => completedTrials(source.trials));
  return {
    trials: [...new Map(trials.map((trial) => [trial.seed, trial])).values()],
    parameters: sources.find(({ parameters }) => parameters !== null)?.parameters ?? null,
    environment: sources.find(({ environment }) => environment !== null)?.environment ?? null,
  };
}

/**
 * An attempt that was interrupted in its first training does not know its runtime: it counts as
 * this one.
 */
export const ranOn = ({ environment }: Pick<Attempt, 'environment'>, runtime: string): boolean =>
  environment === null || environment.runtime === runtime;

type Source = Pick<Attempt, 'trials' | 'parameters' | 'environment'>;

/** What the check of a baseline trained with this source for all of its epochs. */
const fullRuns = (check: AttemptOf<'check'>, sourceHash: string): readonly Source[] =>
  check.checked.runs
    .filter(({ source, epochs }) => source === sourceHash && epochs === check.config.epochs)
    .map(({ trials, parameters }) => ({ trials, parameters, environment: check.environment }));

type Hashes = Pick<AttemptSummary, 'sourceHash' | 'configHash' | 'dataHash'>;

const isSame = (a: Hashes, b: Hashes): boolean =>
  a.dataHash !== null &&
  a.dataHash === b.dataHash &&
  a.sourceHash === b.sourceHash &&
  a.configHash === b.configHash;
