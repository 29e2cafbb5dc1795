import { string } from '../../../../model/values.ts';
import type { CallPlace, Follow } from './follow.ts';
import { activationOf, isKerasLayer, kerasType, lowerFirst, mergeOf } from './kerasNames.ts';
import { KERAS_KNOWN } from './kerasModels.ts';
import { kerasNaming, made } from './kerasValues.ts';
import { callPython } from './pythonLibrary.ts';
import { argumentOf, tensorsGiven, tensorsIn } from './values.ts';
import type { Py, Given } from './py.ts';

/** A call of Keras, TensorFlow, or one of Python's own libraries. */
export function callKeras(follow: Follow, path: string, place: CallPlace): Py {
  const known = KERAS_KNOWN[path]?.(follow, place) ?? callPython(follow, path, place);
  if (known) return known;
  const layer = LAYER.exec(path)?.[1];
  if (layer !== undefined) return kerasLayer(follow, layer, place);
  if (/^einops\.layers\.\w+\.[A-Z]\w*$/.test(path)) return rearranged(follow, path, place);
  if (path.startsWith('keras.applications.')) return pretrained(follow, path, place);
  return tensorsGiven(place.given).length > 0
    ? onTensors(follow, path, place)
    : made(follow, path, place);
}

const LAYER =
  /^(?:keras|tf)\.(?:layers|experimental\.layers|layers\.experimental(?:\.\w+)?)\.([A-Z]\w*)$/;

/** A function of Keras or TensorFlow on tensors. */
function onTensors(follow: Follow, path: string, place: CallPlace): Py {
  const merge = mergeOf(path);
  if (merge !== null) return merged(follow, merge, place);
  const activation = activationOf(path);
  if (activation !== null) return activated(follow, activation, place);
  const { span } = place.call;
  const tensors = tensorsGiven(place.given);
  return follow.ledger.operation(lastOf(path), tensors, { span, framework: 'keras' });
}

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

/** A layer of einops: it moves numbers and has no weights. */
function rearranged(follow: Follow, path: string, { call }: CallPlace): Py {
  const range = { ...call.span, startLine: 0, endLine: 0 };
  const draft = follow.ledger.draft('torch', {
    type: 'operation',
    span: call.span,
    call,
    arguments: [{ name: 'of', value: string(lastOf(path)), constant: null, range }],
  });
  return { kind: 'layer', draft };
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;
