import type { CompileCall } from '../../model/architecture.ts';
import type { ArchitectureEdit, LossSpec, OptimizerSpec } from '../../model/edits.ts';
import { defaultLearningRate } from '../../model/learningRates.ts';
import type { NamedValue } from '../../model/values.ts';
import { OWN_OPTIMIZERS, ownOptimizer } from '../../model/ownOptimizers/ownOptimizers.ts';
import type { OperatorContext } from './operatorContext.ts';

const TYPES: readonly OptimizerSpec['type'][] = [
  'adam',
  'adamax',
  'rmsprop',
  'sgd',
  'momentum',
  'adagrad',
  ...OWN_OPTIMIZERS.map(({ type }) => type),
];

/** The loss that fits the task and the form of its targets. */
export function usualLoss(context: OperatorContext): string {
  if (context.task === 'multi-label') return 'binaryCrossentropy';
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
  const { compile, style, framework } = network.architecture;
  if (!compile) return style === 'opaque' ? null : FALLBACK_OPTIMIZER;
  const type = TYPES.find((known) => known === compile.optimizer?.type);
  const learningRate = compile.optimizer?.learningRate ?? null;
  if (!type || (learningRate === null && namesRate(compile))) return null;
  return {
    type,
    learningRate: learningRate ?? defaultLearningRate(type, framework) ?? usualRate(type),
    ...(ownOptimizer(type) && { settings: settingsOf(compile) }),
  };
}

/** What the optimiser is told beside its rate. */
function settingsOf({ arguments: written }: CompileCall): readonly NamedValue[] {
  const optimizer = written.find(({ name }) => name === 'optimizer')?.value;
  return optimizer?.kind === 'call'
    ? optimizer.arguments.filter(({ name }) => name !== '0' && name !== 'learningRate')
    : [];
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
  defaultLearningRate(type, undefined) ?? 0.01;

const FALLBACK_OPTIMIZER: OptimizerSpec = { type: 'adam', learningRate: 0.001 };

/** A rate is written, but not as a number that can be read. */
function namesRate({ arguments: written }: CompileCall): boolean {
  const optimizer = written.find(({ name }) => name === 'optimizer')?.value;
  return (
    optimizer?.kind === 'call' &&
    optimizer.arguments.some(({ name }) => name === '0' || name === 'learningRate')
  );
}
