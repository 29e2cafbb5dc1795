import { libraryBases, memberOf, bound } from './classes.ts';
import type { Follow } from './follow.ts';
import { isKnown } from '../../../../model/lens/shape.ts';
import { normalized } from './library.ts';
import { NONE, NOTHING, constant, listOf, unknown } from './values.ts';
import type { Py, ClassValue, InstanceValue } from './py.ts';

/** What is asked for, and as what it is written. */
interface Asked {
  readonly object: Py;
  readonly name: string;
  readonly text: string;
}

interface FollowAttributes extends Follow {
  invoke(callee: Extract<Py, { kind: 'function' }>, given: typeof NOTHING): Py;
}

/** `object.name`. */
export function attributeOf(follow: FollowAttributes, asked: Asked): Py {
  const { object, name, text } = asked;
  switch (object.kind) {
    case 'library':
      return { kind: 'library', path: normalized(`${object.path}.${name}`) };
    case 'instance':
      return ofInstance(follow, object, asked);
    case 'class':
      return ofClass(object, name);
    case 'super':
      return ofSuper(object, name);
    case 'tensor':
      return ofTensor(follow, object.layer, asked);
    case 'model':
      return ofModel(object, name);
    case 'layer':
      return ofLayer(follow, object, asked);
    case 'function':
      return name === '__name__' ? constant(object.name) : unknown(text);
    case 'list':
    case 'dictionary':
    case 'constant':
      return { kind: 'method', object, name };
    case 'unknown':
      return object.from === undefined ? unknown(text) : { ...object, text };
    default:
      return unknown(text);
  }
}

function ofInstance(follow: FollowAttributes, self: InstanceValue, { name, text }: Asked): Py {
  const own = self.attributes.get(name);
  if (own) return own;
  if (name === '__class__') return self.type;
  const member = memberOf(self.type, name);
  if (member?.kind === 'function') {
    const method = bound(member, self);
    return member.role === 'property' ? follow.invoke(method, NOTHING) : method;
  }
  if (member) return member;
  return self.framework === null ? unknown(text) : { kind: 'method', object: self, name };
}

function ofClass(type: ClassValue, name: string): Py {
  const member = memberOf(type, name);
  if (name === '__name__') return constant(type.statement.name);
  if (member?.kind === 'function' && member.role === 'class') return { ...member, self: type };
  return member ?? unknown(`${type.statement.name}.${name}`);
}

/** What the classes behind the method's own have under that name. */
function ofSuper({ self, behind }: Extract<Py, { kind: 'super' }>, name: string): Py {
  for (const base of behind.bases) {
    const member = base.kind === 'class' ? memberOf(base, name) : null;
    if (member?.kind === 'function') return bound(member, self);
  }
  const chain = libraryBases(behind).some((path) => /\.Sequential$/.test(path));
  return chain && name === '__init__'
    ? { kind: 'method', object: { kind: 'model', model: self.model }, name: 'extend' }
    : { kind: 'method', object: self, name: `super.${name}` };
}

function ofTensor(follow: Follow, layer: number, { name, text }: Asked): Py {
  if (/^(_keras_)?shape$/.test(name)) return shapeList(follow, layer, text);
  if (/^(dtype|device|ndim)$/.test(name)) return unknown(text);
  if (name === 'is_cuda') return constant(false);
  if (name === 'data') return { kind: 'tensor', layer };
  return { kind: 'method', object: { kind: 'tensor', layer }, name };
}

/** The sizes of a tensor with the batch in front; `null` where the source does not say. */
export function shapeList(follow: Follow, layer: number, text: string): Py {
  const framework = follow.ledger.layers[layer]?.draft.framework;
  const shape = framework === 'keras' ? follow.ledger.shapeOf(layer) : 'unknown';
  return isKnown(shape) ? listOf([NONE, ...shape.map(constant)], 'tuple') : unknown(text);
}

function ofModel(value: Extract<Py, { kind: 'model' }>, name: string): Py {
  const { model } = value;
  if (model.kind === 'sequential')
    return name === 'layers'
      ? listOf(model.items.map((item) => item.value))
      : { kind: 'method', object: value, name };
  if (/^inputs?$/.test(name)) return tensorOrList(model.inputs);
  if (/^outputs?$/.test(name)) return tensorOrList(model.outputs);
  return { kind: 'method', object: value, name };
}

function tensorOrList(layers: readonly number[]): Py {
  const all = layers.map((layer): Py => ({ kind: 'tensor', layer }));
  const [first] = all;
  return all.length === 1 && first ? first : listOf(all);
}

function ofLayer(follow: Follow, value: Extract<Py, { kind: 'layer' }>, { name, text }: Asked): Py {
  const placed = follow.ledger.layers.findLastIndex(({ draft }) => draft === value.draft);
  if (name === 'output' && placed >= 0) return { kind: 'tensor', layer: placed };
  const written = value.draft.arguments.find((argument) => argument.name === SPELLED[name])?.value;
  if (written?.kind === 'number') return constant(written.value);
  return /^[a-z_]+$/.test(name) && !(name in SPELLED)
    ? { kind: 'method', object: value, name }
    : unknown(text);
}

const SPELLED: Readonly<Record<string, string>> = {
  out_features: 'units',
  in_features: 'inFeatures',
  out_channels: 'filters',
  in_channels: 'inChannels',
  units: 'units',
  filters: 'filters',
};
