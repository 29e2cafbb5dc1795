import type { TrainResult } from '../../ports/trainer.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import type { StudyConfig } from '../../record/studyConfig.ts';
import type { Measures, Trial } from '../../record/trial.ts';
import type { Halving } from '../../search/sweep/halving.ts';
import { scoreOf } from '../../search/sweep/score.ts';
import type { Study } from '../../study/study.ts';
import { CortexError, isCancelled } from '../../util/errors.ts';
import type { Ports } from '../ports.ts';

/** What is trained, and what ends it. */
interface ShortRunOrder {
  readonly study: Study;
  readonly text: string;
  readonly settings: Partial<StudyConfig>;
  readonly seed: number;
  /** Of what the search began with; `null` where it was not known. */
  readonly dataHash: string | null;
  readonly halving: Halving;
  readonly signal: AbortSignal;
  readonly onEpoch: (epoch: number, value: number | undefined) => void;
}

/** How a run ended: at a rung or in full with its measures, failed, or stopped from outside. */
export type ShortRun =
  | {
      readonly kind: 'measured';
      readonly epochs: number;
      readonly measures: Measures;
      /** Of a whole run. */
      readonly result: TrainResult | null;
    }
  | { readonly kind: 'failed'; readonly failure: Failed['failure'] }
  | { readonly kind: 'stopped' };

type Failed = Extract<Trial, { outcome: 'failed' }>;

/**
 * Trains one configuration with one seed until a rung ends it or its epochs are over: it goes on
 * where it is, and is never begun again. Rejects with `search-data-changed` where it was trained on
 * other data than the search began with.
 */
export async function shortRun(order: ShortRunOrder, ports: Ports): Promise<ShortRun> {
  const { study, text, settings, seed, dataHash, halving, signal, onEpoch } = order;
  const { metric } = objectiveOf(study.config);
  const objectives = objectivesOf(study.config);
  const stop = new AbortController();
  let ended: number | null = null;
  const result = await ports.trainer
    .train({
      study: { ...study, config: { ...study.config, ...settings } },
      variant: { path: study.modelPath, text },
      seeds: [seed],
      evaluateOn: 'validation',
      signal: AbortSignal.any([signal, stop.signal]),
      onProgress: ({ epoch, logs, fold }) => {
        onEpoch(epoch, logs[metric]);
        const score = scoreOf(logs, objectives);
        // A fold is no run: its curve is a mean over some of them.
        if (ended !== null || fold || score === null) return;
        if (halving.arrive(epoch, score) === 'goes on') return;
        ended = epoch;
        stop.abort();
      },
    })
    .catch(stoppedEarly);
  const trainedOn = result?.dataHash ?? dataHash;
  if (dataHash !== null && trainedOn !== dataHash) throw dataChanged();
  return endOf(result, { ended, stopped: signal.aborted });
}

const dataChanged = (): CortexError =>
  new CortexError({
    code: 'search-data-changed',
    kind: 'input',
    happened: 'The data of the study changed while it was searched.',
    expected: 'the same data for every configuration: others cannot be compared.',
    remedy: 'What was tried on the data as it was is kept; search again on what is there now.',
  });

const stoppedEarly = (error: unknown): null => {
  if (isCancelled(error)) return null;
  throw error;
};

function endOf(
  result: TrainResult | null,
  { ended, stopped }: { readonly ended: number | null; readonly stopped: boolean },
): ShortRun {
  const [trial] = result?.trials ?? [];
  if (!result || !trial) return { kind: 'stopped' };
  const size = result.parameters === null ? {} : { parameters: result.parameters };
  if (trial.outcome === 'completed')
    return {
      kind: 'measured',
      epochs: trial.epochs,
      measures: { ...trial.measures, ...size },
      result,
    };
  if (ended !== null)
    return {
      kind: 'measured',
      epochs: ended,
      measures: { ...measuresAt(trial, ended), ...size },
      result: null,
    };
  return stopped ? { kind: 'stopped' } : { kind: 'failed', failure: trial.failure };
}

/** The logs of an epoch, and the seconds up to where the run was stopped. */
const measuresAt = ({ curves, seconds }: Failed, epoch: number): Measures => ({
  ...Object.fromEntries(
    Object.entries(curves).flatMap(([key, curve]) => {
      const value = curve[epoch - 1];
      return typeof value === 'number' ? [[key, value] as const] : [];
    }),
  ),
  seconds: seconds.total,
});
