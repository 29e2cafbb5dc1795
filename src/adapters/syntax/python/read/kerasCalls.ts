import type { Argument } from '../../../../model/architecture.ts';
import { string } from '../../../../model/values.ts';
import type { Value } from '../../../../model/values.ts';
import type { Call, Expression } from '../code/tree.ts';
import { shapeList } from './attributes.ts';
import type { CallPlace, Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import {
  activationOf,
  isKerasLayer,
  kerasArgument,
  kerasPositional,
  kerasText,
  kerasType,
  kerasValuePath,
  lowerFirst,
  mergeOf,
} from './kerasNames.ts';
import { callPython } from './pythonLibrary.ts';
import type { Naming } from './readArguments.ts';
import type { Draft, ModelDraft, Site } from './reading.ts';
import { NONE, argumentOf, constant, listOf, tensorsGiven, tensorsIn, unknown } from './values.ts';
import type { Given, Py } from './values.ts';

/** A call of Keras, TensorFlow, or one of Python's own libraries. */
export function callKeras(follow: Follow, path: string, place: CallPlace): Py {
  const known = KNOWN[path]?.(follow, place) ?? callPython(follow, path, place);
  if (known) return known;
  const layer = /^(?:keras|tf)\.(?:layers|experimental\.layers|layers\.experimental(?:\.\w+)?)\.([A-Z]\w*)$/.exec(path)?.[1];
  if (layer !== undefined) return kerasLayer(follow, layer, place);
  if (path.startsWith('keras.applications.')) return pretrained(follow, path, place);
  const tensors = tensorsGiven(place.given);
  const merge = mergeOf(path);
  if (merge !== null && tensors.length > 0) return merged(follow, merge, place);
  const activation = activationOf(path);
  if (activation !== null && tensors.length > 0) return activated(follow, activation, place);
  const { span } = place.call;
  if (tensors.length > 0)
    return follow.ledger.operation(lastOf(path), tensors, { span, framework: 'keras' });
  return made(follow, path, place);
}

/** A method of a model, a layer or a tensor of Keras; `null` for anything else. */
export function callKerasMethod(
  follow: Follow,
  { object, name }: Extract<Py, { kind: 'method' }>,
  place: CallPlace,
): Py | null {
  if (object.kind === 'model' && object.model.framework === 'keras')
    return modelMethod(follow, object.model, { name, place });
  if (object.kind === 'instance' && object.framework === 'keras')
    return instanceMethod(follow, object, { name, place });
  if (object.kind === 'layer' && object.draft.framework === 'keras') return NONE;
  if (object.kind !== 'tensor') return null;
  if (follow.ledger.layers[object.layer]?.draft.framework !== 'keras') return null;
  if (name === 'get_shape') return shapeList(follow, object.layer, follow.reader.slice(place.call));
  const { span } = place.call;
  return follow.ledger.operation(name, [object.layer], { span, framework: 'keras' });
}

/** How the arguments of a Keras layer of one type are named. */
export const kerasNaming = (type: string): Naming => ({
  positional: kerasPositional(type),
  name: (name) => kerasArgument(name, type),
  text: kerasText,
});

function kerasLayer(follow: Follow, name: string, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  if (name === 'Input') return input(follow, { call, given });
  const type = kerasType(name);
  const draft = ledger.draft('keras', {
    type,
    span: call.span,
    call,
    arguments: reader.arguments(given, kerasNaming(type)),
    uncertain: false,
  });
  if (!isKerasLayer(name))
    ledger.obstacle(call.span, `\`${name}\` is no layer of Keras that Cortex knows`);
  return { kind: 'layer', draft };
}

function input(follow: Follow, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  const written = argumentOf(given, -1, 'tensor');
  if (written?.kind === 'tensor') return written;
  const draft = ledger.draft('keras', {
    type: 'inputLayer',
    span: call.span,
    call,
    arguments: reader.arguments(given, kerasNaming('inputLayer')),
  });
  return ledger.place(draft, [], ledger.applied(call.span, null));
}

function merged(follow: Follow, type: string, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  const [first] = given.positional;
  const rest: Given = {
    positional: given.positional.filter(({ value }) => tensorsIn(value).length === 0),
    named: new Map([...given.named].filter(([, { value }]) => tensorsIn(value).length === 0)),
  };
  const naming = { ...kerasNaming(type), positional: type === 'concatenate' ? ['axis'] : [] };
  const draft = ledger.draft('keras', {
    type,
    span: call.span,
    call,
    arguments: reader.arguments(rest, naming),
  });
  const site = ledger.applied(call.span, first?.argument?.value ?? null);
  return ledger.place(draft, tensorsGiven(given), site);
}

function activated(follow: Follow, activation: string, { call, given }: CallPlace): Py {
  const { ledger } = follow;
  const range = { ...call.span, startLine: 0, endLine: 0 };
  const draft = ledger.draft('keras', {
    type: 'activation',
    span: call.span,
    call,
    arguments: [{ name: 'activation', value: string(activation), constant: null, range }],
  });
  const written = given.positional[0]?.argument?.value ?? null;
  return ledger.place(draft, tensorsGiven(given), ledger.applied(call.span, written));
}

/** `VGG16(…)`: one black box. */
function pretrained(follow: Follow, path: string, { call, given }: CallPlace): Py {
  const { ledger } = follow;
  const name = lastOf(path);
  if (!/^[A-Z]/.test(name)) return made(follow, path, { call, given });
  ledger.obstacle(call.span, `the layers of \`${name}\` are Keras's own and not in the source`);
  const shape = follow.reader
    .arguments(given, kerasNaming('inputLayer'))
    .filter((it) => it.name === 'inputShape');
  const draft = ledger.draft('keras', {
    type: lowerFirst(name),
    span: call.span,
    call: null,
    arguments: shape,
  });
  const output = ledger.uncertainly(() =>
    ledger.place(draft, tensorsGiven(given), ledger.applied(call.span, null)),
  );
  const model = ledger.newModel('functional', { call, outputs: [output.layer] });
  return { kind: 'model', model };
}

/** A value of the library: a regulariser, an optimiser, an initialiser. */
export function made(follow: Follow, path: string, { call, given }: CallPlace): Py {
  const valuePath = kerasValuePath(path);
  const positional = valuePath.startsWith('train.')
    ? ['learningRate']
    : kerasPositional(valuePath);
  const naming: Naming = {
    positional,
    name: (name) => kerasArgument(name, valuePath),
    text: kerasText,
  };
  const args = follow.reader.arguments(given, naming).map(({ name, value }) => ({ name, value }));
  const value: Value = { kind: 'call', callee: valuePath, arguments: args };
  return { kind: 'made', path, call, value };
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;

type KnownCall = (follow: Follow, place: CallPlace) => Py | null;

const KNOWN: Readonly<Record<string, KnownCall>> = {
  'keras.models.Sequential': (follow, place) => sequential(follow, place),
  'keras.models.Model': (follow, place) => functional(follow, place),
  'keras.backend.image_data_format': () => constant('channels_last'),
  'keras.backend.image_dim_ordering': () => constant('tf'),
  'keras.config.image_data_format': () => constant('channels_last'),
  'keras.backend.backend': () => constant('tensorflow'),
  'keras.backend.is_keras_tensor': () => constant(true),
  'keras.backend.int_shape': (follow, { call, given }) => {
    const tensor = argumentOf(given, 0, 'x');
    if (tensor?.kind !== 'tensor') return null;
    return shapeList(follow, tensor.layer, follow.reader.slice(call));
  },
  'keras.layers.get': () => null,
  'tf.shape': (follow, { call }) => unknown(follow.reader.slice(call)),
  'keras.backend.shape': (follow, { call }) => unknown(follow.reader.slice(call)),
  'keras.ops.shape': (follow, { call }) => unknown(follow.reader.slice(call)),
};

/** Items of a list or of a call's arguments, each with its place. */
export function placedItems(
  values: readonly Py[],
  written: readonly Expression[] | null,
  list: Call['span'],
): ModelDraft['items'] {
  const items = (written ?? []).map(({ span }) => span);
  const fits = written?.length === values.length && written.every((it) => it.kind !== 'starred');
  return values.map((value, index) => {
    const site: Site = fits ? { kind: 'item', list, items, index } : { kind: 'elsewhere' };
    return { value, site };
  });
}

function sequential(follow: Follow, { call, given }: CallPlace): Py {
  const { ledger, reader } = follow;
  const argument = given.positional[0] ?? given.named.get('layers');
  const written = ungrouped(argument?.argument?.value ?? null);
  const values = argument ? iterated(argument.value) : [];
  if (!values)
    ledger.obstacle(call.span, `the list \`${written ? reader.slice(written) : ''}\` is not known`);
  const listed = written?.kind === 'sequence' ? written : null;
  const items = placedItems(values ?? [], listed?.items ?? null, listed?.span ?? call.span);
  const model = ledger.newModel('sequential', { call, items });
  ledger.made.push({ kind: 'model', model });
  return { kind: 'model', model };
}

const ungrouped = (expression: Expression | null): Expression | null =>
  expression?.kind === 'group' ? ungrouped(expression.inner) : expression;

function functional(follow: Follow, { call, given }: CallPlace): Py | null {
  const { ledger } = follow;
  const outputs = argumentOf(given, 1, 'outputs', 'output');
  const inputs = argumentOf(given, 0, 'inputs', 'input');
  if (!outputs) return null;
  const found = tensorsIn(outputs);
  if (found.length === 0) ledger.obstacle(call.span, 'the outputs of the model cannot be followed');
  const model = ledger.newModel('functional', {
    call,
    inputs: inputs ? tensorsIn(inputs) : [],
    outputs: found,
  });
  ledger.made.push({ kind: 'model', model });
  return { kind: 'model', model };
}

interface Method {
  readonly name: string;
  readonly place: CallPlace;
}

function modelMethod(follow: Follow, model: ModelDraft, { name, place }: Method): Py {
  const text = follow.reader.slice(place.call);
  switch (name) {
    case 'add':
      return addItem(follow, model, place);
    case 'extend':
      model.items.push(...placedItems(valuesOf(place.given), null, place.call.span));
      return NONE;
    case 'compile':
      model.compile = compileOf(follow, place);
      return NONE;
    case 'get_layer':
      return outputOf(follow, model, text);
    case 'pop':
      model.items.pop();
      return NONE;
    case 'call':
      return follow.apply({ kind: 'model', model }, tensorsGiven(place.given), place);
    default:
      return unknown(text);
  }
}

const valuesOf = ({ positional }: Given): Py[] => {
  const [first] = positional;
  const list = positional.length === 1 && first ? iterated(first.value) : null;
  return list ?? positional.map(({ value }) => value);
};

function addItem(follow: Follow, model: ModelDraft, { call, given }: CallPlace): Py {
  const { ledger } = follow;
  const { statement } = ledger;
  const alone = statement.kind === 'expression' && statement.value === call;
  const [item] = given.positional;
  if (!item) return NONE;
  const value: Py =
    item.value.kind === 'layer' && ledger.uncertain > 0
      ? { kind: 'layer', draft: { ...item.value.draft, uncertain: true } }
      : item.value;
  model.items.push({
    value,
    site: alone ? { kind: 'add', statement, call } : { kind: 'elsewhere' },
  });
  return NONE;
}

/** What `compile` is given, by tfjs's names. */
function compileOf(follow: Follow, { call, given }: CallPlace): ModelDraft['compile'] {
  const { ledger, reader } = follow;
  const args: Argument[] = reader.arguments(given, kerasNaming('compile'));
  return { call, arguments: args, statement: ledger.statement, editable: ledger.uncertain === 0 };
}

/** A layer of a network that is not in the source. */
function outputOf(follow: Follow, model: ModelDraft, text: string): Py {
  const [output] = model.outputs;
  const placed = output === undefined ? undefined : follow.ledger.layers[output];
  return placed ? { kind: 'layer', draft: placed.draft } : unknown(text);
}

function instanceMethod(
  follow: Follow,
  object: Extract<Py, { kind: 'instance' }>,
  { name, place }: Method,
): Py {
  if (name === 'compile') object.model.compile = compileOf(follow, place);
  if (name === 'add_weight') return weight(follow, place, 'keras');
  if (name === 'super.__call__' || name === 'super.call')
    return listOf(tensorsGiven(place.given).map((layer) => ({ kind: 'tensor', layer })));
  return name === 'add' && object.model.kind === 'sequential'
    ? addItem(follow, object.model, place)
    : NONE;
}

/** Weights of the user's own, outside any layer. */
export function weight(follow: Follow, { call, given }: CallPlace, framework: 'keras' | 'torch'): Py {
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
