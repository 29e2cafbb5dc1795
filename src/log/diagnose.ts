import { gapOf } from './gap.ts';
import { inCounterWords } from './counterWords.ts';
import type { Diagnosis } from './diagnosis.ts';
import { cannotTell } from './findings/cannotTell.ts';
import { classCollapse } from './findings/classCollapse.ts';
import { convergenceTrend, trendOf } from './findings/convergenceTrend.ts';
import { creeping } from './findings/creeping.ts';
import { divergence } from './findings/divergence.ts';
import type { FindingRule } from './findings/finding.ts';
import { improvementRate, improvementRateOf } from './findings/improvementRate.ts';
import { metricLossDisagree } from './findings/metricLossDisagree.ts';
import { noisyValidation } from './findings/noisyValidation.ts';
import { notANumber } from './findings/notANumber.ts';
import { notLearning } from './findings/notLearning.ts';
import { oscillation } from './findings/oscillation.ts';
import { otherRun } from './findings/otherRun.ts';
import { overfitting, overfittingOf } from './findings/overfitting.ts';
import { plateau } from './findings/plateau.ts';
import { takenAsLoss } from './findings/takenAsLoss.ts';
import { tooFewEpochs } from './findings/tooFewEpochs.ts';
import { restart } from './findings/restart.ts';
import { trainValidationGap } from './findings/trainValidationGap.ts';
import { underfitting } from './findings/underfitting.ts';
import { underTrained } from './findings/underTrained.ts';
import { validationBelowTraining } from './findings/validationBelowTraining.ts';
import { viewRun, type RunView } from './runView.ts';
import type { TrainingLog } from './trainingLog.ts';

/** Every rule; the four figures first, then what is wrong, then what cannot be told. */
const RULES: readonly FindingRule[] = [
  improvementRate,
  convergenceTrend,
  trainValidationGap,
  overfitting,
  notANumber,
  divergence,
  notLearning,
  classCollapse,
  underTrained,
  plateau,
  underfitting,
  oscillation,
  creeping,
  noisyValidation,
  metricLossDisagree,
  validationBelowTraining,
  restart,
  takenAsLoss,
  otherRun,
  tooFewEpochs,
  cannotTell,
];

/** What a log says about its run, by robust statistics; says so where it cannot tell. Pure. */
export function diagnose(log: TrainingLog): Diagnosis {
  const run = viewRun(log);
  return {
    source: log.source,
    epochs: log.epochs.length,
    run: log.run,
    series: log.series,
    improvementRate: improvementRateOf(run),
    trend: trendOf(run),
    gap: gapOf(run),
    overfitting: overfittingOf(run).level,
    outlook: outlookOf(run),
    findings: RULES.flatMap((rule) => rule(run) ?? []).map((finding) => ({
      ...finding,
      text: inCounterWords(finding.text, log),
    })),
    counter: log.counter ?? 'epoch',
    counted: log.epochs,
  };
}

function outlookOf({ main, ahead }: RunView): NonNullable<Diagnosis['outlook']> | null {
  return ahead && main ? { ...ahead, series: main.name } : null;
}

/**
 * The diagnosis of each log of a sequence, such as a log that grows; `null` while there is none.
 */
export async function* diagnoseEach(
  logs: AsyncIterable<TrainingLog | null>,
): AsyncGenerator<Diagnosis | null> {
  for await (const log of logs) yield log && diagnose(log);
}
