import type { Architecture } from '../../model/architecture.ts';
import type { DataProfile } from '../../record/dataProfile.ts';

/** What the model is trained for. */
export type Task = DataProfile['task'];

const CLASSIFICATION_LOSSES = [
  'categoricalCrossentropy',
  'sparseCategoricalCrossentropy',
  'binaryCrossentropy',
  'categoricalHinge',
  'hinge',
  'squaredHinge',
  'kullbackLeiblerDivergence',
];
const REGRESSION_LOSSES = [
  'meanSquaredError',
  'meanAbsoluteError',
  'meanAbsolutePercentageError',
  'meanSquaredLogarithmicError',
  'logcosh',
  'poisson',
];

/** The loss by name as written in `compile`; `null` for a function, or where there is none. */
export function lossName(architecture: Architecture): string | null {
  const loss = architecture.compile?.loss;
  return loss?.kind === 'string' ? loss.value : null;
}

/** The task that the loss gives away. */
export function taskOf(architecture: Architecture): Task | null {
  const loss = lossName(architecture);
  if (loss !== null && CLASSIFICATION_LOSSES.includes(loss)) return 'classification';
  return loss !== null && REGRESSION_LOSSES.includes(loss) ? 'regression' : null;
}
