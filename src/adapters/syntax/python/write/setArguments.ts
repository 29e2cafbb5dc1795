import type { NamedValue } from '../../../../model/values.ts';
import { cannotEditError } from '../../errors.ts';
import { insertAfterItem, removeItem } from '../../write/commaList.ts';
import { replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import type { Call } from '../code/tree.ts';
import { torchKeyword } from './names.ts';
import { kerasKeyword } from './printLayer.ts';
import type { PythonContext } from './pythonContext.ts';
import { requireStateUnused } from './recurrentCells.ts';

/** Gives an argument of a layer a value. */
export function setArgument(
  context: PythonContext,
  index: number,
  { name, value }: NamedValue,
): readonly Patch[] {
  const layer = context.editable(index);
  const { draft } = layer;
  if (context.isTorch && name === 'bidirectional') requireStateUnused(context, layer);
  const call = context.call(index);
  const written = context.argument(index, name);
  const printed = context.printer.value(value, name);
  if (written) return [replacement(written.value.span, printed)];
  if (draft.arguments.some((it) => it.name === name) && draft.type !== 'activation')
    throw cannotEditError(`\`${name}\` is not written in the call itself`);
  if (context.isTorch && UNKNOWN_TO_TORCH.test(name))
    throw cannotEditError(`PyTorch's layers have no \`${name}\``);
  const keyword = context.isTorch ? torchKeyword(name, draft.type) : kerasKeyword(name, draft.type);
  return addKeyword(context, call, `${keyword}=${printed}`);
}

const UNKNOWN_TO_TORCH = /(Initializer|Regularizer|Constraint|^activation|^recurrentDropout)$/;

/** Adds `keyword=value` at the end of a call. */
export function addKeyword({ text }: PythonContext, call: Call, added: string): readonly Patch[] {
  const items = call.arguments.map(({ span }) => span);
  if (items.length === 0) return [replacement(call.argumentsSpan, `(${added})`)];
  return insertAfterItem({ text, span: call.argumentsSpan, items }, items.length - 1, [added]);
}

/** Leaves an argument of a layer to its default. */
export function removeArgument(
  context: PythonContext,
  index: number,
  name: string,
): readonly Patch[] {
  const call = context.call(index);
  const written = context.argument(index, name);
  if (!written || written.name === null)
    throw cannotEditError(`\`${name}\` is not written with its name in the call itself`);
  const items = call.arguments.map(({ span }) => span);
  return removeItem(
    { text: context.text, span: call.argumentsSpan, items },
    call.arguments.indexOf(written),
  );
}
