import { describeStop, hasFallenBehind, type CurveBound } from '../../../judge/fallenBehind.ts';
import type { StudyConfig } from '../../../record/studyConfig.ts';
import type { GrowingCurves } from '../../../record/trial.ts';
import type { StudyData } from '../data/types.ts';
import { VariantFault } from '../variantFault.ts';
import { trainingLogs } from './epochLogs.ts';
import type { Metrics } from './evaluator.ts';
import { finiteLogs, lossCheck, notANumber, plainLogs } from './fitLogs.ts';
import type { FitLogs, Learner, Watch } from './learner.ts';
import type { StudyMetrics } from './metrics/studyMetrics.ts';
import { createStudyEvaluator } from './studyEvaluator.ts';
import type { EvaluationPart } from './trainingData.ts';

/** Everything one run of `fit` takes. */
export interface FitInput {
  readonly learner: Learner;
  readonly data: StudyData;
  /** What is measured beside what every trial logs. */
  readonly metrics: StudyMetrics;
  readonly config: Pick<StudyConfig, 'epochs' | 'limits'>;
  readonly signal: AbortSignal;
  /** Where the run is given up. */
  readonly bound?: CurveBound | undefined;
  readonly onEpoch: (epoch: number, logs: Readonly<Record<string, number | null>>) => void;
  /** Filled epoch by epoch, so that what was reached is known however it ends. */
  readonly curves: GrowingCurves;
}

/**
 * Trains for the study's epochs. `loss` and `val_loss` in the logs are always the study's own
 * measure (see `createEvaluator`):
 * `loss` over the batches of the epoch while they trained, `val_loss` on the validation part at its
 * end. Where `fit` minimises something else (another loss, weight penalties), that stands beside
 * them as `fit_loss`. Throws a fault when a loss stops being a number, when it takes too long, or
 * when cancelled.
 */
export async function fitTrial(input: FitInput): Promise<void> {
  const watch = new TrialWatch(input);
  await input.learner.fit(watch);
  if (watch.fault) throw watch.fault;
}

/** The study's metrics on a part. */
export async function evaluate(
  { learner, metrics }: Pick<FitInput, 'learner' | 'metrics'>,
  part: EvaluationPart,
): Promise<Metrics> {
  const evaluator = createStudyEvaluator(learner.prepared.outputs, metrics);
  await learner.evaluate(part, evaluator);
  return evaluator.result();
}

class TrialWatch implements Watch {
  fault: VariantFault | null = null;
  readonly #input: FitInput;
  readonly #started = performance.now();
  readonly #lossFault = lossCheck();

  constructor(input: FitInput) {
    this.#input = input;
  }

  batchEnded(logs: FitLogs): boolean {
    return this.#ends(this.#lossFault(logs) ?? this.#outside());
  }

  async epochEnded(epoch: number, logs: FitLogs): Promise<boolean> {
    if (this.fault) return true;
    const values = await epochLogs(this.#input, plainLogs(logs));
    record(this.#input, epoch, values);
    return this.#ends(
      brokenIn(values, epoch, this.#input.config) ?? behind(this.#input) ?? this.#outside(),
    );
  }

  #ends(fault: VariantFault | null): boolean {
    this.fault ??= fault;
    return this.fault !== null;
  }

  /** What ends a run whatever it has reached. */
  #outside(): VariantFault | null {
    const { signal, config } = this.#input;
    const { trialSeconds } = config.limits;
    if (signal.aborted) return new VariantFault('cancelled', 'Cancelled.');
    return performance.now() - this.#started > trialSeconds * 1000
      ? new VariantFault('time', `It took longer than ${trialSeconds} s while it trained.`)
      : null;
  }
}

function brokenIn(
  values: Readonly<Record<string, number>>,
  epoch: number,
  { epochs }: FitInput['config'],
): VariantFault | null {
  const broken = Object.keys(values).find((key) => !Number.isFinite(values[key]));
  return broken === undefined ? null : notANumber(broken, `in epoch ${epoch} of ${epochs}`);
}

function behind({ bound, curves }: FitInput): VariantFault | null {
  const curve = curves[bound?.metric ?? ''] ?? [];
  return bound && hasFallenBehind(bound, curve)
    ? new VariantFault('stopped', describeStop(bound, curve))
    : null;
}

async function epochLogs(
  input: FitInput,
  training: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const validation = await evaluate(input, 'validation');
  return {
    ...trainingLogs(training, input.learner.prepared),
    ...Object.fromEntries(Object.entries(validation).map(([key, value]) => [`val_${key}`, value])),
  };
}

function record(
  { curves, onEpoch }: FitInput,
  epoch: number,
  values: Readonly<Record<string, number>>,
): void {
  const logs = finiteLogs(values);
  for (const [key, value] of Object.entries(logs)) (curves[key] ??= []).push(value);
  onEpoch(epoch, logs);
}
