import type { Argument } from '../../../../model/architecture.ts';
import type { Value } from '../../../../model/values.ts';
import { string } from '../../../../model/values.ts';
import type { CallPlace, Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import { camel } from './kerasNames.ts';
import { made, weight } from './kerasValues.ts';
import { pairedItems, placedItems } from './placedItems.ts';
import { callPython } from './pythonLibrary.ts';
import type { Naming } from './readArguments.ts';
import { callTensorMethod, callTorchFunction } from './torchFunctions.ts';
import { torchArgument, torchModule } from './torchNames.ts';
import { adapted } from './torchArguments.ts';
import { NONE, constant, listOf, unknown } from './values.ts';
import type { Py, InstanceValue, Draft, Site, ModelDraft } from './py.ts';

/** A call of PyTorch. */
export function callTorch(follow: Follow, path: string, place: CallPlace): Py {
  const name = path.split('.').at(-1) ?? path;
  const container = /^torch\.nn\.(modules\.\w+\.)?[A-Z]\w*$/.test(path)
    ? containerOf(follow, name, place)
    : null;
  if (container) return container;
  if (path.startsWith('torch.nn.utils.') || path === 'torch.jit.script')
    return wrapped(name, place);
  const module = /^torch\.nn\.(modules\.\w+\.)?[A-Z]\w*$/.test(path) ? torchModule(name) : null;
  if (module) return moduleOf(follow, name, place);
  return (
    callTorchFunction(follow, path, place) ??
    callPython(follow, path, place) ??
    made(follow, path, place)
  );
}

/** A method of a module, a container or a tensor of PyTorch; `null` for anything else. */
export function callTorchMethod(
  follow: Follow,
  { object, name }: Extract<Py, { kind: 'method' }>,
  place: CallPlace,
): Py | null {
  if (object.kind === 'tensor')
    return callTensorMethod(follow, { layer: object.layer, name }, place);
  if (SAME.test(name)) return object;
  if (/modules$|children$|parameters$/.test(name)) return listOf([]);
  if (object.kind === 'model') return modelMethod(follow, object.model, { name, place });
  if (object.kind === 'instance') return instanceMethod(object, name, place);
  return object.kind === 'layer' ? NONE : null;
}

/** Methods that give back the module they were called on. */
const SAME = /^(to|cuda|cpu|float|half|double|train|eval|apply|requires_grad_|type)$/;

/** How the arguments of a module of `torch.nn` are named. */
export const torchNaming = (name: string): Naming => {
  const module = torchModule(name);
  return {
    positional: module?.positional ?? [],
    name: (argument) => torchArgument(argument, module?.type ?? ''),
    text: (argument, value) => (/activation$|nonlinearity/i.test(argument) ? camel(value) : value),
  };
};

function moduleOf(follow: Follow, name: string, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  const module = torchModule(name);
  if (!module) return unknown(name);
  const written = reader.arguments(given, torchNaming(name));
  const range = { ...call.span, startLine: 0, endLine: 0 };
  const named: readonly Argument[] = module.activation
    ? [{ name: 'activation', value: string(module.activation), constant: null, range }]
    : [];
  const { type, args } = adapted(module.type, [...named, ...written]);
  const draft = ledger.draft('torch', {
    type,
    span: call.span,
    call,
    arguments: args,
    outputs: /^(lstm|gru|simpleRNN|multiHeadAttention|lstmCell)$/.test(type)
      ? 'sequence and state'
      : 'one',
    uncertain: false,
  });
  return { kind: 'layer', draft };
}

function containerOf(follow: Follow, name: string, place: CallPlace): Py | null {
  switch (name) {
    case 'Sequential':
      return sequential(follow, place);
    case 'ModuleList':
    case 'ParameterList':
      return listOf(
        place.given.positional[0] ? (iterated(place.given.positional[0].value) ?? []) : [],
      );
    case 'ModuleDict': {
      const [first] = place.given.positional;
      return first?.value.kind === 'dictionary'
        ? first.value
        : { kind: 'dictionary', entries: new Map() };
    }
    case 'Identity':
      return identity(follow);
    case 'Parameter':
      return parameter(follow, place);
    default:
      return null;
  }
}

/** An empty sequence of layers. */
const identity = (follow: Follow): Py => ({
  kind: 'model',
  model: follow.ledger.newModel('sequential', { framework: 'torch' }),
});

const parameter = (follow: Follow, place: CallPlace): Py => weight(follow, place, 'torch');

function sequential(follow: Follow, { call, given }: CallPlace): Py {
  const { ledger } = follow;
  const [first] = given.positional;
  const entries = given.positional.length === 1 ? first?.value : undefined;
  const items =
    entries?.kind === 'dictionary'
      ? pairedItems([...entries.entries.values()], first?.argument?.value)
      : placedItems(
          given.positional.map(({ value }) => value),
          given.positional.flatMap(({ argument }) =>
            argument?.stars === 0 ? [argument.value] : [],
          ),
          call.argumentsSpan,
        );
  const model = ledger.newModel('sequential', { framework: 'torch', call, items });
  ledger.made.push({ kind: 'model', model });
  return { kind: 'model', model };
}

/** `weight_norm(layer)` keeps the layer, and divides its weights in two. */
function wrapped(name: string, { call, given }: CallPlace): Py {
  const [inner] = given.positional;
  if (inner?.value.kind !== 'layer') return inner?.value ?? unknown(name);
  if (!/weight_norm/.test(name)) return inner.value;
  const range = { ...call.span, startLine: 0, endLine: 0 };
  const value: Value = { kind: 'boolean', value: true };
  const draft: Draft = {
    ...inner.value.draft,
    arguments: [
      ...inner.value.draft.arguments,
      { name: 'weightNormalization', value, constant: null, range },
    ],
  };
  return { kind: 'layer', draft };
}

interface Method {
  readonly name: string;
  readonly place: CallPlace;
}

function modelMethod(follow: Follow, model: ModelDraft, { name, place }: Method): Py {
  const values = place.given.positional.map(({ value }) => value);
  switch (name) {
    case 'extend':
      model.items.push(...placedItems(values, null, place.call.span));
      return NONE;
    case 'append':
      model.items.push(...values.map((value) => ({ value, site: addSite(follow, place) })));
      return NONE;
    case 'add_module':
      model.items.push(
        ...values.slice(1).map((value) => ({ value, site: addSite(follow, place) })),
      );
      return NONE;
    case 'forward':
      return follow.apply({ kind: 'model', model }, tensorsOf(values), place);
    default:
      return NONE;
  }
}

const ELSEWHERE: Site = { kind: 'elsewhere' };

function addSite({ ledger: { statement } }: Follow, { call }: CallPlace): Site {
  const alone = statement.kind === 'expression' && statement.value === call;
  return alone ? { kind: 'add', statement, call } : ELSEWHERE;
}

const tensorsOf = (values: readonly Py[]): readonly number[] =>
  values.flatMap((value) => (value.kind === 'tensor' ? [value.layer] : []));

function instanceMethod(object: InstanceValue, name: string, { given }: CallPlace): Py {
  const [key, value] = given.positional.map((it) => it.value);
  const named = key?.kind === 'constant' ? String(key.value) : '';
  if (/^(add_module|register_module|register_parameter)$/.test(name) && value) {
    if (object.model.kind === 'sequential')
      object.model.items.push({ value, site: { kind: 'elsewhere' } });
    object.attributes.set(named, value);
  }
  if (name === 'register_buffer') object.attributes.set(named, unknown(named));
  if (name === '__len__') return constant(object.model.items.length);
  return NONE;
}
