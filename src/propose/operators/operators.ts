import { addDropout } from './addDropout.ts';
import { addL1 } from './addL1.ts';
import { addL2 } from './addL2.ts';
import { batchNormalization } from './batchNormalization.ts';
import { convolutionFront } from './convolutionFront.ts';
import { deepen } from './deepen.ts';
import { denseFront } from './denseFront.ts';
import { globalPooling } from './globalPooling.ts';
import { huberLoss } from './huberLoss.ts';
import { huberPearson } from './huberPearson.ts';
import { initializer } from './initializer.ts';
import { inputNormalization } from './inputNormalization.ts';
import { labelSmoothing } from './labelSmoothing.ts';
import { layerNormalization } from './layerNormalization.ts';
import { logCosh } from './logCosh.ts';
import { lowerLearningRate } from './lowerLearningRate.ts';
import { mseTotalVariation } from './mseTotalVariation.ts';
import { narrow } from './narrow.ts';
import type { Operator } from './operator.ts';
import { outputActivation } from './outputActivation.ts';
import { pooling } from './pooling.ts';
import { raiseLearningRate } from './raiseLearningRate.ts';
import { removeLayer } from './removeLayer.ts';
import { removeNormalization } from './removeNormalization.ts';
import { residual } from './residual.ts';
import { strengthenDropout } from './strengthenDropout.ts';
import { strengthenPenalty } from './strengthenPenalty.ts';
import { swapActivation } from './swapActivation.ts';
import { swapOptimizer } from './swapOptimizer.ts';
import { taskLoss } from './taskLoss.ts';
import { weakenDropout } from './weakenDropout.ts';
import { weakenPenalty } from './weakenPenalty.ts';
import { widen } from './widen.ts';

/** Every operator there is. A new one is its own file and one line here. */
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
  raiseLearningRate,
  lowerLearningRate,
  swapOptimizer,
  taskLoss,
  huberLoss,
  logCosh,
  labelSmoothing,
  huberPearson,
  mseTotalVariation,
];
