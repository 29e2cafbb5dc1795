import { memberOf } from './classes.ts';
import type { BuiltIn } from './follow.ts';
import type { Py } from './py.ts';
import { NONE, constant, numberIn, textIn } from './values.ts';

const hasAttribute: BuiltIn = ([object, name]) => {
  const wanted = textIn(name);
  if (object?.kind !== 'instance' || wanted === null) return null;
  return constant(object.attributes.has(wanted) || memberOf(object.type, wanted) !== null);
};

const getAttribute: BuiltIn = ([object, name, otherwise], { follow, place }) => {
  const wanted = textIn(name);
  if (!object || wanted === null) return null;
  const found = follow.attribute(object, wanted, follow.reader.slice(place.call));
  return found.kind === 'unknown' ? (otherwise ?? found) : found;
};

const setAttribute: BuiltIn = ([object, name, value]) => {
  const wanted = textIn(name);
  if (object?.kind === 'instance' && wanted !== null && value) object.attributes.set(wanted, value);
  return NONE;
};

const KINDS: Readonly<Record<string, (value: Py) => boolean>> = {
  int: (value) => Number.isInteger(numberIn(value)),
  float: (value) => numberIn(value) !== null && !Number.isInteger(numberIn(value)),
  str: (value) => textIn(value) !== null,
  list: (value) => value.kind === 'list' && value.form === 'list',
  tuple: (value) => value.kind === 'list' && value.form === 'tuple',
  dict: (value) => value.kind === 'dictionary',
  bool: (value) => value.kind === 'constant' && typeof value.value === 'boolean',
};

const isInstance: BuiltIn = ([value, type]) => {
  if (!value || !type || value.kind === 'unknown') return null;
  const types = type.kind === 'list' ? type.items : [type];
  const known = types.map((it) =>
    it.kind === 'library' && it.path.startsWith('python.')
      ? (KINDS[it.path.slice('python.'.length)]?.(value) ?? null)
      : it.kind === 'class'
        ? value.kind === 'instance' && value.type.statement === it.statement
        : ['constant', 'list', 'dictionary'].includes(value.kind)
          ? false
          : null,
  );
  return known.includes(true) ? constant(true) : known.includes(null) ? null : constant(false);
};

/** Functions of Python itself that ask what an object is and what it has. */
export const OBJECT_BUILT_INS: Readonly<Record<string, BuiltIn>> = {
  type: ([value]) => {
    const found = Object.entries(KINDS).find(([, is]) => value && is(value))?.[0];
    if (value?.kind === 'instance') return value.type;
    return found === undefined ? null : { kind: 'library', path: `python.${found}` };
  },
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: setAttribute,
  isinstance: isInstance,
};
