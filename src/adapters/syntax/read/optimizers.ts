import type { Optimizer } from '../../../model/architecture.ts';
import { OWN_OPTIMIZERS } from '../../../model/ownOptimizers/ownOptimizers.ts';
import type { Value } from '../../../model/values.ts';

const OPTIMIZERS = new Map(
  [
    ...['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad', 'adadelta'],
    ...OWN_OPTIMIZERS.map(({ type }) => type),
  ].map((type) => [type.toLowerCase(), type]),
);

/** An optimiser as written, in tfjs's names. */
export function optimizerOf(value: Value): Omit<Optimizer, 'range'> {
  if (value.kind === 'string') return { type: knownOptimizer(value.value), learningRate: null };
  if (value.kind !== 'call') return { type: 'other', learningRate: null };
  const rate = value.arguments.find(({ name }) => name === '0' || name === 'learningRate')?.value;
  const momentum = value.arguments.find(({ name }) => name === 'momentum')?.value;
  const type = knownOptimizer(value.callee.replace(/^train\./, ''));
  const moving = type === 'sgd' && momentum?.kind === 'number' && momentum.value !== 0;
  return {
    type: moving ? 'momentum' : type,
    learningRate: rate?.kind === 'number' ? rate.value : null,
  };
}

function knownOptimizer(name: string): string {
  return OPTIMIZERS.get(name.toLowerCase()) ?? 'other';
}
