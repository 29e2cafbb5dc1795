import type { Argument } from '../../../../model/architecture.ts';
import type { Value } from '../../../../model/values.ts';
import { list, number, string } from '../../../../model/values.ts';
import type { Expression } from '../code/tree.ts';
import type { CallPlace, Follow } from './follow.ts';
import type { Naming } from './readArguments.ts';
import { adapted } from './torchArguments.ts';
import { FUNCTION_LABELS, torchArgument, torchFunction } from './torchNames.ts';
import { constant, numberIn, tensorsGiven, tensorsIn, unknown } from './values.ts';
import type { Py, GivenValue, Given } from './py.ts';

const MERGES: Readonly<Record<string, string>> = {
  cat: 'concatenate',
  concat: 'concatenate',
  concatenate: 'concatenate',
  add: 'add',
  add_: 'add',
  mul: 'multiply',
  mul_: 'multiply',
  sub: 'subtract',
};

/** Methods that give the same numbers in another place or form. */
const SAME = /^(contiguous|to|cuda|cpu|float|half|double|detach|clone|type|requires_grad_|data)$/;

/** Methods that say something of a tensor and are no tensor. */
const TOLD = /^(size|dim|ndim|numel|shape|item|tolist|numpy|device|is_cuda|get_device|backward)$/;

/** A function of `torch` on tensors; `null` where it is given none. */
export function callTorchFunction(follow: Follow, path: string, place: CallPlace): Py | null {
  if (path === 'torch.cuda.is_available') return constant(false);
  const name = path.split('.').at(-1) ?? path;
  if (/^torch\.(optim|utils|cuda|load|save|device|no_grad|manual_seed|autograd)\b/.test(path))
    return null;
  const tensors = tensorsGiven(place.given);
  if (tensors.length === 0) return null;
  const [first, ...rest] = place.given.positional;
  const from = first ?? place.given.named.get('input');
  const input = from?.argument?.value ?? null;
  const given = { positional: first ? rest : [], named: place.given.named };
  if (from?.value.kind === 'tensor')
    return onTensor(follow, { name, layer: from.value.layer, input }, { call: place.call, given });
  return merged(follow, { name, tensors, input }, { call: place.call, given });
}

/** A method of a tensor. */
export function callTensorMethod(
  follow: Follow,
  { layer, name }: { layer: number; name: string },
  place: CallPlace,
): Py {
  const { callee } = place.call;
  const input = callee.kind === 'attribute' ? callee.object : null;
  return onTensor(follow, { name, layer, input }, place);
}

interface OnTensor {
  readonly name: string;
  readonly layer: number;
  readonly input: Expression | null;
}

function onTensor(follow: Follow, { name, layer, input }: OnTensor, place: CallPlace): Py {
  if (TOLD.test(name)) return unknown(follow.reader.slice(place.call));
  if (SAME.test(name)) return { kind: 'tensor', layer };
  const reshaped = /^(view|reshape|flatten)$/.test(name)
    ? reshape(follow, { name, layer, input }, place)
    : null;
  if (reshaped) return reshaped;
  const others = tensorsGiven(place.given);
  if (MERGES[name] !== undefined && others.length > 0)
    return merged(follow, { name, tensors: [layer, ...others], input }, place);
  if (torchFunction(name)) return layerOf(follow, { name, layer, input }, place);
  const { span } = place.call;
  return follow.ledger.operation(name, [layer, ...others], { span, framework: 'torch' });
}

/** How the arguments of a function of `torch` are named, behind its input. */
export const functionNaming = (name: string): Naming => {
  const known = torchFunction(name);
  return {
    positional: known?.positional ?? [],
    name: (argument) => torchArgument(argument, known?.type ?? ''),
    text: (_, value) => value,
  };
};

function layerOf(follow: Follow, { name, layer, input }: OnTensor, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  const known = torchFunction(name);
  if (!known) return unknown(name);
  const kept: Given = {
    positional: given.positional,
    named: new Map([...given.named].filter(([label]) => !FUNCTION_LABELS.has(label))),
  };
  const activation: readonly Argument[] = known.activation
    ? [argument(call, 'activation', string(known.activation))]
    : [];
  const written = reader
    .arguments(kept, functionNaming(name))
    .filter((it) => !/^\d+$/.test(it.name));
  const { type, args } = adapted(known.type, [...activation, ...written]);
  const draft = ledger.draft('torch', { type, span: call.span, call, arguments: args });
  return ledger.place(draft, [layer], ledger.applied(call.span, input));
}

function merged(
  follow: Follow,
  { name, tensors, input }: { name: string; tensors: readonly number[]; input: Expression | null },
  { call, given }: CallPlace,
): Py {
  const { ledger } = follow;
  const { span } = call;
  const type = MERGES[name];
  if (type === undefined) return ledger.operation(name, tensors, { span, framework: 'torch' });
  const dim = numberIn(given.named.get('dim')?.value ?? given.positional[0]?.value);
  const axis = type === 'concatenate' && dim !== null ? [argument(call, 'axis', number(dim))] : [];
  const draft = ledger.draft('torch', { type, span, call, arguments: axis });
  return ledger.place(draft, tensors, ledger.applied(span, input));
}

const argument = (call: CallPlace['call'], name: string, value: Value): Argument => ({
  name,
  value,
  constant: null,
  range: { ...call.span, startLine: 0, endLine: 0 },
});

/** `x.view(x.size(0), -1)`, `torch.flatten(x, 1)` are a flatten; other sizes a reshape. */
function reshape(
  follow: Follow,
  { name, layer, input }: OnTensor,
  { call, given }: CallPlace,
): Py | null {
  const { ledger } = follow;
  const sizes = sizesGiven(given);
  const flat = name === 'flatten' || isFlat(sizes);
  const target = flat ? null : targetOf(sizes);
  if (!flat && !target) return null;
  const draft = ledger.draft('torch', {
    type: flat ? 'flatten' : 'reshape',
    span: call.span,
    call,
    arguments: target ? [argument(call, 'targetShape', list(...target.map(number)))] : [],
  });
  return ledger.place(draft, [layer], ledger.applied(call.span, input));
}

function sizesGiven({ positional }: Given): readonly GivenValue[] {
  const [first] = positional;
  return positional.length === 1 && first?.value.kind === 'list'
    ? first.value.items.map((value) => ({ value, argument: null }))
    : positional;
}

/** Two sizes, of which one is the batch. */
function isFlat(sizes: readonly GivenValue[]): boolean {
  const [first, second] = sizes.map(({ value }) => value);
  if (sizes.length !== 2 || !first || !second) return false;
  return first.kind === 'unknown' || numberIn(first) === -1 || numberIn(second) === -1;
}

function targetOf(sizes: readonly GivenValue[]): readonly number[] | null {
  const [batch, ...rest] = sizes.map(({ value }) => value);
  if (!batch || rest.length === 0) return null;
  if (batch.kind !== 'unknown' && numberIn(batch) !== -1) return null;
  const numbers = rest.map(numberIn);
  return numbers.includes(null) || tensorsIn(batch).length > 0
    ? null
    : numbers.filter((one) => one !== null);
}
