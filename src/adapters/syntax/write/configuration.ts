import type { NamedValue } from '../../../model/values.ts';
import type { CallExpression, Entry, ObjectExpression } from '../code/code.ts';
import { cannotEditError } from '../errors.ts';
import type { CommaList } from './commaList.ts';
import { insertAfterItem, insertBeforeFirst, removeItem } from './commaList.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { CALLED_WITHOUT_ARGUMENTS } from './calledWithoutArguments.ts';

/** The entry of a call's configuration object, when it is written there. */
export function entryOf(call: CallExpression, name: string): Entry | undefined {
  const config = configOf(call);
  return config?.entries.findLast(({ key }) => key === name);
}

/** Sets one argument in a call's configuration object; `text` is its value as source. */
export function setEntry(
  context: EditContext,
  call: CallExpression,
  name: string,
  text: string,
): Patch[] {
  const entry = entryOf(call, name);
  if (!entry) return addEntries(context, call, [{ name, value: { kind: 'source', text } }]);
  const constant = context.localConstant(unwrap(entry.value));
  if (constant) return [replacement(constant.value.span, text)];
  if (entry.shorthand) return [replacement(entry.span, text === name ? name : `${name}: ${text}`)];
  return [replacement(entry.value.span, text)];
}

/** Adds arguments to a call's configuration object, which is made where there is none. */
export function addEntries(
  context: EditContext,
  call: CallExpression,
  args: readonly NamedValue[],
  place: 'first' | 'last' = 'last',
): Patch[] {
  const { printer } = context;
  const argument = call.arguments[0];
  const config = configOf(call);
  if (!argument) return [replacement(call.argumentsSpan, `(${printer.object(args)})`)];
  if (!config) {
    const spread: NamedValue = {
      name: '...',
      value: { kind: 'source', text: context.slice(argument.value.span) },
    };
    return [replacement(argument.value.span, printer.object([spread, ...args]))];
  }
  if (config.entries.length === 0) return [replacement(config.span, printer.object(args))];
  const pairs = args.map((one) => printer.pair(one));
  const list = listOf(context, config);
  return place === 'first'
    ? insertBeforeFirst(list, pairs)
    : insertAfterItem(list, config.entries.length - 1, pairs);
}

/** Takes arguments out of a call's configuration object. */
export function removeEntry(context: EditContext, call: CallExpression, name: string): Patch[] {
  const config = configOf(call);
  const index = config ? config.entries.findLastIndex(({ key }) => key === name) : -1;
  if (!config || index < 0) throw cannotEditError(`\`${name}\` is not written in the call itself`);
  if (config.entries.length > 1) return removeItem(listOf(context, config), index);
  const factory = call.callee.kind === 'member' ? call.callee.property : '';
  return [
    CALLED_WITHOUT_ARGUMENTS.has(factory)
      ? replacement(call.argumentsSpan, '()')
      : replacement(config.span, '{}'),
  ];
}

function configOf(call: CallExpression): ObjectExpression | null {
  const first = call.arguments[0];
  const config = first ? unwrap(first.value) : null;
  return config?.kind === 'object' ? config : null;
}

const listOf = (context: EditContext, config: ObjectExpression): CommaList => ({
  text: context.text,
  span: config.span,
  items: config.entries.map(({ span }) => span),
});
