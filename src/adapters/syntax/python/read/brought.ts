import { ownLayerMadeBy } from '../../../../model/ownLayers/ownLayers.ts';
import { ownOptimizerMadeBy } from '../../../../model/ownOptimizers/ownOptimizers.ts';
import { frameworkOf } from './classes.ts';
import type { CallPlace, Follow } from './follow.ts';
import { kerasNaming } from './kerasValues.ts';
import { torchNaming } from './torchCalls.ts';
import type { ClassValue, FunctionValue, Py } from './py.ts';

/** The layer that a class makes whose source came along with an edit; `null`: any other class. */
export function broughtLayer(
  { ledger, reader }: Follow,
  type: ClassValue,
  { call, given }: CallPlace,
): Py | null {
  const { name, span } = type.statement;
  const framework = frameworkOf(type);
  const own = framework && ownLayerMadeBy(name, reader.textOf(span));
  if (!own) return null;
  const naming = framework === 'torch' ? torchNaming(name) : kerasNaming(own.type);
  const draft = ledger.draft(framework, {
    type: own.type,
    span: call.span,
    call,
    arguments: reader.arguments(given, naming),
    uncertain: false,
  });
  return { kind: 'layer', draft };
}

/** The optimiser that a function makes whose source came along; `null`: any other function. */
export function broughtOptimizer(
  { reader }: Follow,
  { name, code }: FunctionValue,
  { call, given }: CallPlace,
): Py | null {
  const own = ownOptimizerMadeBy(name, reader.textOf(code.span));
  if (!own) return null;
  const callee = `train.${own.type}`;
  const naming = { ...kerasNaming(callee), positional: ['learningRate'] };
  const args = reader.arguments(given, naming).map((one) => ({ name: one.name, value: one.value }));
  return {
    kind: 'made',
    path: `keras.optimizers.${name}`,
    call,
    value: { kind: 'call', callee, arguments: args },
  };
}
