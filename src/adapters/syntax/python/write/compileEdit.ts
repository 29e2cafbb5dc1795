import type { ArchitectureEdit, LossSpec, OptimizerSpec } from '../../../../model/edits.ts';
import {
  functionOf,
  optimizerClassOf,
  optimizerHelper,
} from '../../../../model/ownOptimizers/ownOptimizer.ts';
import { ownOptimizer } from '../../../../model/ownOptimizers/ownOptimizers.ts';
import { cannotEditError } from '../../errors.ts';
import { replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { insertBeforeStatement } from '../../write/statements.ts';
import type { Argument, Call, Expression } from '../code/tree.ts';
import type { CompileDraft } from '../read/py.ts';
import { nameOf } from '../read/training.ts';
import type { TrainingDraft } from '../read/reading.ts';
import { insertHelper } from './helpers.ts';
import { snake } from './names.ts';
import type { PythonContext } from './pythonContext.ts';
import { addKeyword } from './setArguments.ts';

type SetCompile = Extract<ArchitectureEdit, { kind: 'setCompile' }>;

/** Changes `compile`, or PyTorch's optimiser and loss; writes `compile` where Keras has none. */
export function setCompile(context: PythonContext, edit: SetCompile): readonly Patch[] {
  const { compile, training } = context.reading;
  const helper = helpersOf(context, edit);
  if (context.isTorch) {
    if (!training) throw cannotEditError('the file does not make exactly one optimiser');
    return [...helper, ...torchTraining(context, training, edit)];
  }
  if (!compile) return [...helper, ...newCompile(context, edit)];
  if (!compile.editable) throw cannotEditError('`compile` is called in a branch');
  return [...helper, ...kerasCompile(context, compile, edit)];
}

const OPTIMIZERS: Readonly<Partial<Record<OptimizerSpec['type'], string>>> = {
  adam: 'Adam',
  sgd: 'SGD',
  rmsprop: 'RMSprop',
  momentum: 'SGD',
  adamax: 'Adamax',
  adagrad: 'Adagrad',
};

/** The function or class that has to stand above the builder for it. */
function helpersOf(context: PythonContext, { loss, optimizer }: SetCompile): readonly Patch[] {
  const own = optimizer ? ownOptimizer(optimizer.type) : null;
  const isBrought = own !== null && (context.isTorch ? own.torch : own.keras) !== null;
  return [
    ...(loss?.kind === 'helper' ? insertHelper(context, loss.helper) : []),
    ...(isBrought
      ? insertHelper(context, optimizerHelper(own, context.isTorch ? 'torch' : 'keras'))
      : []),
  ];
}

/** `keras.optimizers.Adam(learning_rate=0.001)`. */
function kerasOptimizer(context: PythonContext, spec: OptimizerSpec): string {
  const own = ownOptimizer(spec.type);
  const name =
    own && own.keras !== null
      ? functionOf(own)
      : context.printer.reach(
          `keras.optimizers.${own ? optimizerClassOf(own) : (OPTIMIZERS[spec.type] ?? '')}`,
        );
  return `${name}(${argumentsOf(context, spec, 'learning_rate').join(', ')})`;
}

/** Rate, settings, and the momentum that makes plain steps those with momentum. */
const argumentsOf = (
  { printer }: PythonContext,
  { type, learningRate, settings = [] }: OptimizerSpec,
  rate: 'lr' | 'learning_rate',
): readonly string[] => [
  `${rate}=${printer.value({ kind: 'number', value: learningRate })}`,
  ...settings.map(({ name, value }) => `${snake(name)}=${printer.value(value)}`),
  ...(type === 'momentum' ? ['momentum=0.9'] : []),
];

function kerasCompile(
  context: PythonContext,
  compile: CompileDraft,
  edit: SetCompile,
): readonly Patch[] {
  const { call } = compile;
  const optimizer = edit.optimizer ? setOptimizer(context, call, edit.optimizer) : [];
  const loss = edit.loss
    ? setKeyword(context, call, ['loss', 1, lossText(context, edit.loss)])
    : [];
  return [...optimizer, ...loss];
}

const written = (call: Call, name: string, index: number): Argument | undefined =>
  call.arguments.find((it) => it.name === name) ??
  (call.arguments[index]?.name === null ? call.arguments[index] : undefined);

function setKeyword(
  context: PythonContext,
  call: Call,
  [name, index, text]: readonly [string, number, string],
): readonly Patch[] {
  const argument = written(call, name, index);
  return argument
    ? [replacement(argument.value.span, text)]
    : addKeyword(context, call, `${name}=${text}`);
}

const lossText = (context: PythonContext, loss: LossSpec): string =>
  loss.kind === 'helper' ? loss.helper.name : context.printer.string(snake(loss.name));

/** The rate alone where the optimiser stays, so that its other settings stay too. */
function setOptimizer(context: PythonContext, call: Call, spec: OptimizerSpec): readonly Patch[] {
  const argument = written(call, 'optimizer', 0);
  const made = argument ? callBehind(context, argument.value) : null;
  const isSame = context.reading.architecture.compile?.optimizer?.type === spec.type;
  if (made && isSame) return setRate(context, made, { index: 0, rate: spec.learningRate });
  return setKeyword(context, call, ['optimizer', 0, kerasOptimizer(context, spec)]);
}

/** The call an expression is, or the one that a variable was given. */
function callBehind({ reading }: PythonContext, expression: Expression): Call | null {
  if (expression.kind === 'call') return expression;
  if (expression.kind !== 'name') return null;
  const calls = reading.module.statements.flatMap((statement) =>
    statement.kind === 'assign' &&
    statement.value?.kind === 'call' &&
    statement.targets.some((it) => it.kind === 'name' && it.name === expression.name)
      ? [statement.value]
      : [],
  );
  const [only, ...others] = calls;
  return only && others.length === 0 ? only : null;
}

function setRate(
  context: PythonContext,
  call: Call,
  { index, rate }: { index: number; rate: number },
): readonly Patch[] {
  const text = context.printer.value({ kind: 'number', value: rate });
  const argument =
    call.arguments.find((it) => it.name === 'lr' || it.name === 'learning_rate') ??
    (call.arguments[index]?.name === null ? call.arguments[index] : undefined);
  if (argument) return [replacement(argument.value.span, text)];
  return addKeyword(context, call, `${context.isTorch ? 'lr' : 'learning_rate'}=${text}`);
}

/** `model.compile(…)` in front of the `return`. */
function newCompile(context: PythonContext, edit: SetCompile): readonly Patch[] {
  const { statement } = context.reading.builder;
  const last = statement?.kind === 'function' ? statement.code.body.at(-1) : undefined;
  if (last?.kind !== 'return' || last.value?.kind !== 'name')
    throw cannotEditError('the builder does not return a variable that holds the model');
  const { optimizer = edit.fallback.optimizer } = edit;
  const loss = edit.loss ?? { kind: 'named', name: edit.fallback.loss };
  const line =
    `${last.value.name}.compile(optimizer=${kerasOptimizer(context, optimizer)}, ` +
    `loss=${lossText(context, loss)})`;
  return [insertBeforeStatement(context.text, last.span, [line])];
}

/** Losses of PyTorch by tfjs's names. */
const TORCH_LOSSES: Readonly<Record<string, string>> = {
  meanSquaredError: 'MSELoss',
  meanAbsoluteError: 'L1Loss',
  huber: 'HuberLoss',
  sparseCategoricalCrossentropy: 'CrossEntropyLoss',
  binaryCrossentropy: 'BCELoss',
};

function torchTraining(
  context: PythonContext,
  training: TrainingDraft,
  edit: SetCompile,
): readonly Patch[] {
  const optimizer = edit.optimizer ? torchOptimizer(context, training, edit.optimizer) : [];
  return edit.loss ? [...optimizer, ...torchLoss(context, training, edit.loss)] : optimizer;
}

function torchOptimizer(
  context: PythonContext,
  { optimizer }: TrainingDraft,
  spec: OptimizerSpec,
): readonly Patch[] {
  const isSame = context.reading.architecture.compile?.optimizer?.type === spec.type;
  if (isSame) return setRate(context, optimizer, { index: 1, rate: spec.learningRate });
  const [parameters] = optimizer.arguments;
  if (!parameters) throw cannotEditError('the optimiser is given no parameters');
  const { callee } = optimizer;
  const prefix = callee.kind === 'attribute' ? `${context.slice(callee.object.span)}.` : null;
  const own = ownOptimizer(spec.type);
  const name = own ? optimizerClassOf(own) : (OPTIMIZERS[spec.type] ?? '');
  const inLibrary = prefix === null ? context.printer.reach(`torch.optim.${name}`) : prefix + name;
  const reached = own && own.torch !== null ? name : inLibrary;
  const args = [context.slice(parameters.span), ...argumentsOf(context, spec, 'lr')];
  return [replacement(optimizer.span, `${reached}(${args.join(', ')})`)];
}

function torchLoss(
  context: PythonContext,
  { loss }: TrainingDraft,
  spec: LossSpec,
): readonly Patch[] {
  if (!loss || !/^[A-Z]/.test(nameOf(loss.callee)))
    throw cannotEditError('the loss is not made by a class such as `nn.MSELoss()`');
  if (spec.kind === 'helper') return [replacement(loss.span, spec.helper.name)];
  const name = TORCH_LOSSES[spec.name];
  if (name === undefined) throw cannotEditError(`PyTorch has no loss \`${spec.name}\``);
  const { callee } = loss;
  const prefix = callee.kind === 'attribute' ? `${context.slice(callee.object.span)}.` : null;
  const reached = prefix === null ? context.printer.reach(`torch.nn.${name}`) : prefix + name;
  return [replacement(loss.span, `${reached}()`)];
}
