import { optimizerClassOf } from '../../../../model/ownOptimizers/ownOptimizer.ts';
import { OWN_OPTIMIZERS } from '../../../../model/ownOptimizers/ownOptimizers.ts';
import type { Expression, PythonModule, Statement } from '../code/tree.ts';
import type { Interpreter } from './interpreter.ts';
import { kerasArgument, lowerFirst } from './kerasNames.ts';
import type { TrainingDraft } from './reading.ts';
import type { Scope } from './scope.ts';
import { callsIn } from './walk.ts';

const OPTIMIZER = new RegExp(
  `^(Adam|SGD|RMSprop|Adagrad|Adamax|Adadelta|${OWN_OPTIMIZERS.map(optimizerClassOf).join('|')})$`,
);

/** tfjs names of the losses of PyTorch. */
const LOSSES: Readonly<Record<string, string>> = {
  MSELoss: 'meanSquaredError',
  mse_loss: 'meanSquaredError',
  L1Loss: 'meanAbsoluteError',
  l1_loss: 'meanAbsoluteError',
  CrossEntropyLoss: 'sparseCategoricalCrossentropy',
  cross_entropy: 'sparseCategoricalCrossentropy',
  NLLLoss: 'sparseCategoricalCrossentropy',
  nll_loss: 'sparseCategoricalCrossentropy',
  BCELoss: 'binaryCrossentropy',
  binary_cross_entropy: 'binaryCrossentropy',
  BCEWithLogitsLoss: 'binaryCrossentropy',
  binary_cross_entropy_with_logits: 'binaryCrossentropy',
  SmoothL1Loss: 'huber',
  HuberLoss: 'huber',
};

/** The one optimiser that a PyTorch file makes, with its loss; `null` where there are several. */
export function trainingIn(
  module: PythonModule,
  interpreter: Interpreter,
  scope: Scope,
): TrainingDraft | null {
  const calls = module.statements.flatMap((statement: Statement) => callsIn(statement));
  const optimizers = calls.filter((call) => OPTIMIZER.test(nameOf(call.callee)));
  const [optimizer, ...others] = optimizers;
  if (!optimizer || others.length > 0) return null;
  const losses = calls.filter((call) => nameOf(call.callee) in LOSSES);
  const classes = losses.filter((call) => /^[A-Z]/.test(nameOf(call.callee)));
  const found = classes.length > 0 ? classes : losses;
  const sameName = new Set(found.map((call) => nameOf(call.callee))).size === 1;
  const loss = sameName ? (found[0] ?? null) : null;
  return {
    optimizer,
    type: lowerFirst(nameOf(optimizer.callee).replace('SGD', 'sgd').replace('RMSprop', 'rmsprop')),
    optimizerArguments: interpreter.reader.arguments(interpreter.given(optimizer, scope), {
      positional: ['params', 'learningRate'],
      name: (name) => kerasArgument(name, 'optimizer'),
      text: (_, value) => value,
    }),
    loss,
    lossName: loss ? (LOSSES[nameOf(loss.callee)] ?? null) : null,
  };
}

/** The last part of what is called. */
export const nameOf = (callee: Expression): string => {
  if (callee.kind === 'name') return callee.name;
  return callee.kind === 'attribute' ? callee.name : '';
};
