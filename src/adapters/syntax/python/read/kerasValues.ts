import type { Value } from '../../../../model/values.ts';
import type { CallPlace, Follow } from './follow.ts';
import { kerasArgument, kerasPositional, kerasText, kerasValuePath } from './kerasNames.ts';
import type { Naming } from './readArguments.ts';
import { argumentOf } from './values.ts';
import type { Py, Draft } from './py.ts';

/** How the arguments of a Keras layer of one type are named. */
export const kerasNaming = (type: string): Naming => ({
  positional: kerasPositional(type),
  name: (name) => kerasArgument(name, type),
  text: kerasText,
});

/** A value of the library: a regulariser, an optimiser, an initialiser. */
export function made(follow: Follow, path: string, { call, given }: CallPlace): Py {
  const valuePath = kerasValuePath(path);
  const positional = valuePath.startsWith('train.') ? ['learningRate'] : kerasPositional(valuePath);
  const naming: Naming = {
    positional,
    name: (name) => kerasArgument(name, valuePath),
    text: kerasText,
  };
  const args = follow.reader.arguments(given, naming).map(({ name, value }) => ({ name, value }));
  const value: Value = { kind: 'call', callee: valuePath, arguments: args };
  return { kind: 'made', path, call, value };
}

/** Weights of the user's own, outside any layer. */
export function weight(
  follow: Follow,
  { call, given }: CallPlace,
  framework: 'keras' | 'torch',
): Py {
  const { ledger, reader } = follow;
  const shape = argumentOf(given, framework === 'keras' ? 1 : 0, 'shape');
  const sizes = shape ? sizesOf(follow, shape) : null;
  const range = { ...call.span, startLine: 0, endLine: 0 };
  const value: Value = sizes ?? { kind: 'source', text: reader.slice(call) };
  const draft: Draft = ledger.draft(framework, {
    type: 'parameter',
    span: call.span,
    call: null,
    arguments: [{ name: 'shape', value, constant: null, range }],
  });
  return ledger.place(draft, [], { kind: 'elsewhere' });
}

function sizesOf(follow: Follow, shape: Py): Value | null {
  if (shape.kind === 'list') {
    const value = follow.reader.value(shape, null, (_, text) => text, '');
    const numbers = value.kind === 'list' && value.items.every(({ kind }) => kind === 'number');
    return numbers ? value : null;
  }
  if (shape.kind !== 'made' || shape.value.kind !== 'call') return null;
  const items = shape.value.arguments
    .filter(({ name }) => /^\d+$/.test(name))
    .flatMap(({ value }) => (value.kind === 'list' ? value.items : [value]));
  return items.length > 0 && items.every(({ kind }) => kind === 'number')
    ? { kind: 'list', items }
    : null;
}
