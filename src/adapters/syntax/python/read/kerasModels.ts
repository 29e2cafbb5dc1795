import type { Argument } from '../../../../model/architecture.ts';
import type { Expression } from '../code/tree.ts';
import { shapeList } from './attributes.ts';
import type { CallPlace, Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import { kerasNaming, weight } from './kerasValues.ts';
import { placedItems } from './placedItems.ts';
import { NONE, argumentOf, constant, listOf, tensorsGiven, tensorsIn, unknown } from './values.ts';
import type { Py, Given, ModelDraft } from './py.ts';

type KnownCall = (follow: Follow, place: CallPlace) => Py | null;

/** Calls of Keras that make models, or that say something of the backend. */
export const KERAS_KNOWN: Readonly<Record<string, KnownCall>> = {
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
  return object.kind === 'tensor' ? tensorMethod(follow, object.layer, { name, place }) : null;
}

function tensorMethod(follow: Follow, layer: number, { name, place: { call } }: Method): Py | null {
  if (follow.ledger.layers[layer]?.draft.framework !== 'keras') return null;
  if (name === 'get_shape') return shapeList(follow, layer, follow.reader.slice(call));
  return follow.ledger.operation(name, [layer], { span: call.span, framework: 'keras' });
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
