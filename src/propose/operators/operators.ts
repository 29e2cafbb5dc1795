import type { FindingKind } from '../../log/diagnosis.ts';
import { channelAttention, stepAttention } from './attention.ts';
import { outputActivation, swapActivation } from './activations.ts';
import { huberPearson, labelSmoothing, mseTotalVariation } from './customLosses.ts';
import { dendrites, feedbackRounds, inhibition, sparseActivity } from './brainInspired.ts';
import { cosineSchedule, gradientClipping, oneCycle, weightAveraging } from './courses.ts';
import { deepen, removeLayer } from './depth.ts';
import { addDropout, strengthenDropout, weakenDropout } from './dropout.ts';
import { bottleneck, denseConnection } from './connections.ts';
import { convolutionFront, denseFront } from './fronts.ts';
import { gatedUnits } from './gating.ts';
import { initializer } from './initializer.ts';
import { lowerLearningRate, raiseLearningRate } from './learningRates.ts';
import { huberLoss, logCosh, taskLoss } from './losses.ts';
import {
  batchNormalization,
  inputNormalization,
  layerNormalization,
  removeNormalization,
} from './normalization.ts';
import { inputNoise, stepDropout } from './noise.ts';
import type { Operator } from './operator.ts';
import { addL1, addL2, strengthenPenalty, weakenPenalty } from './penalties.ts';
import { globalPooling, pooling } from './pooling.ts';
import {
  bidirectional,
  convolutionOverSteps,
  embeddingSize,
  recurrentDropout,
  swapCell,
} from './recurrent.ts';
import { residual } from './residual.ts';
import { separable } from './separable.ts';
import { experts } from './experts.ts';
import { decoupledDecay, rectifiedSteps, signedSteps } from './optimizerRules.ts';
import { fourierFront, periodicActivation } from './spectral.ts';
import { attentionAmongSteps, hebbian, mixing, positions } from './steps.ts';
import { swapOptimizer } from './swapOptimizer.ts';
import { absoluteLoss, focalLoss } from './unevenLosses.ts';
import { narrow, widen } from './width.ts';

/** Every operator there is. A new one joins the file of its family, and has one line here. */
export const OPERATORS: readonly Operator[] = [
  widen,
  narrow,
  deepen,
  removeLayer,
  residual,
  swapActivation,
  outputActivation,
  initializer,
  batchNormalization,
  layerNormalization,
  inputNormalization,
  removeNormalization,
  addDropout,
  strengthenDropout,
  weakenDropout,
  addL2,
  addL1,
  strengthenPenalty,
  weakenPenalty,
  convolutionFront,
  denseFront,
  pooling,
  globalPooling,
  separable,
  channelAttention,
  swapCell,
  bidirectional,
  recurrentDropout,
  convolutionOverSteps,
  stepAttention,
  embeddingSize,
  raiseLearningRate,
  lowerLearningRate,
  swapOptimizer,
  taskLoss,
  huberLoss,
  logCosh,
  labelSmoothing,
  huberPearson,
  mseTotalVariation,
  gatedUnits,
  denseConnection,
  bottleneck,
  inputNoise,
  stepDropout,
  focalLoss,
  absoluteLoss,
  sparseActivity,
  inhibition,
  feedbackRounds,
  dendrites,
  experts,
  fourierFront,
  periodicActivation,
  mixing,
  attentionAmongSteps,
  positions,
  hebbian,
  cosineSchedule,
  oneCycle,
  gradientClipping,
  weightAveraging,
  decoupledDecay,
  signedSteps,
  rectifiedSteps,
];

/** Names of the operators made for a finding, the strongest first. */
export const remediesFor = (finding: FindingKind): readonly string[] =>
  OPERATORS.flatMap(({ name, answers }) =>
    (answers[finding] ?? 0) > 0 ? [{ name, weight: answers[finding] ?? 0 }] : [],
  )
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ name }) => name);
