import type { Architecture, CompileCall } from '../../model/architecture.ts';
import type { ArchitectureEdit, LossSpec, OptimizerSpec } from '../../model/edits.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { DEFAULT_LEARNING_RATES } from '../../model/layerDefaults.ts';
import type { OperatorContext } from './operatorContext.ts';

/** What the model is trained for. */
export type Task = DataProfile['task'];

const TYPES: readonly OptimizerSpec['type'][] = [
  'adam',
  'adamax',
  'rmsprop',
  'sgd',
  'momentum',
  'adagrad',
];

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

/** The loss that fits the task and the form of its targets. */
export function usualLoss(context: OperatorContext): string {
  if (context.task !== 'classification') return 'meanSquaredError';
  if (context.network.data?.outputUnits === 1) return 'binaryCrossentropy';
  return context.config.preprocessing.oneHot
    ? 'categoricalCrossentropy'
    : 'sparseCategoricalCrossentropy';
}

/**
 * The optimiser in use; the trainer's Adam where the builder does not compile, `null` where it
 * cannot be read.
 */
export function optimizerOf({ network }: OperatorContext): OptimizerSpec | null {
  const { compile, style } = network.architecture;
  if (!compile) return style === 'opaque' ? null : FALLBACK_OPTIMIZER;
  const type = TYPES.find((known) => known === compile.optimizer?.type);
  const learningRate = compile.optimizer?.learningRate ?? null;
  if (!type || (learningRate === null && namesRate(compile))) return null;
  return { type, learningRate: learningRate ?? usualRate(type) };
}

/** The edit that sets the optimiser, or the loss, and leaves the other as it is. */
export const compileWith = (
  context: OperatorContext,
  change: { readonly optimizer?: OptimizerSpec; readonly loss?: LossSpec },
): ArchitectureEdit => ({
  kind: 'setCompile',
  ...change,
  fallback: { optimizer: FALLBACK_OPTIMIZER, loss: usualLoss(context) },
});

/** The learning rate an optimiser starts from where nothing better is known. */
export const usualRate = (type: OptimizerSpec['type']): number =>
  DEFAULT_LEARNING_RATES[type] ?? 0.01;

const FALLBACK_OPTIMIZER: OptimizerSpec = { type: 'adam', learningRate: 0.001 };

/** A rate is written, but not as a number that can be read. */
function namesRate({ arguments: written }: CompileCall): boolean {
  const optimizer = written.find(({ name }) => name === 'optimizer')?.value;
  return (
    optimizer?.kind === 'call' &&
    optimizer.arguments.some(({ name }) => name === '0' || name === 'learningRate')
  );
}
