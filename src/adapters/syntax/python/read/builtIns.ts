import { itemAt, keyOf } from './constants.ts';
import type { CallPlace, Follow } from './follow.ts';
import { memberOf } from './classes.ts';
import { iterated } from './iteration.ts';
import {
  NONE,
  argumentOf,
  constant,
  given,
  listOf,
  numberIn,
  textIn,
  truth,
  unknown,
} from './values.ts';
import type { Py } from './py.ts';

type BuiltIn = (args: readonly Py[], at: { follow: Follow; place: CallPlace }) => Py | null;

/** A function of Python itself. */
export function callBuiltIn(follow: Follow, name: string, place: CallPlace): Py {
  const args = place.given.positional.map(({ value }) => value);
  const text = follow.reader.slice(place.call);
  return BUILT_INS[name]?.(args, { follow, place }) ?? unknown(text);
}

const items = (value: Py | undefined): Py[] | null => (value ? iterated(value) : null);

const numbers = (args: readonly Py[]): number[] | null => {
  const [first] = args;
  const all = args.length === 1 && first?.kind === 'list' ? first.items : args;
  const read = all.map(numberIn);
  return read.includes(null) || read.length === 0 ? null : read.filter((one) => one !== null);
};

const rounded =
  (round: (value: number) => number): BuiltIn =>
  ([value]) => {
    const number = numberIn(value) ?? Number(textIn(value) ?? NaN);
    return Number.isFinite(number) ? constant(round(number)) : null;
  };

const range: BuiltIn = (args) => {
  const all = args.map(numberIn);
  if (all.includes(null)) return null;
  const [first = 0, second, step = 1] = all.map(Number);
  const [from, to] = second === undefined ? [0, first] : [first, second];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isFinite(count) || count > 10_000) return null;
  return listOf(Array.from({ length: count }, (_, index) => constant(from + index * step)));
};

const zip: BuiltIn = (args) => {
  const lists = args.map(iterated);
  if (lists.includes(null)) return null;
  const known = lists.filter((list) => list !== null);
  const length = Math.min(...known.map((list) => list.length));
  return listOf(
    Array.from({ length }, (_, index) =>
      listOf(
        known.flatMap((list) => list[index] ?? []),
        'tuple',
      ),
    ),
  );
};

const enumerate: BuiltIn = (args, { place }) => {
  const start = numberIn(argumentOf(place.given, 1, 'start')) ?? 0;
  const all = items(args[0]);
  return all && listOf(all.map((item, index) => listOf([constant(index + start), item], 'tuple')));
};

const dictionary: BuiltIn = ([pairs], { place }) => {
  const entries = new Map<string, Py>(pairs ? pairsIn(pairs) : []);
  for (const [name, { value }] of place.given.named) entries.set(name, value);
  return { kind: 'dictionary', entries };
};

/** Keys and values of a dictionary, or of a list of pairs. */
function pairsIn(value: Py): readonly (readonly [string, Py])[] {
  if (value.kind === 'dictionary') return [...value.entries];
  return (iterated(value) ?? []).flatMap((pair): (readonly [string, Py])[] => {
    const [key, item] = [itemAt(pair, 0), itemAt(pair, 1)];
    return key && item ? [[keyOf(key) ?? '', item]] : [];
  });
}

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

const map: BuiltIn = ([callee, list], { follow, place }) => {
  const all = items(list);
  if (!callee || !all) return null;
  return listOf(all.map((item) => follow.call(callee, { ...place, given: given(item) })));
};

const copied: BuiltIn = ([list]) => (list ? listOf(items(list) ?? [unknown('*')]) : listOf([]));

const known = (decide: (all: readonly (boolean | null)[]) => boolean | null): BuiltIn => {
  return ([list]) => {
    const decided = decide((items(list) ?? []).map(truth));
    return decided === null ? null : constant(decided);
  };
};

const BUILT_INS: Readonly<Record<string, BuiltIn>> = {
  range,
  zip,
  enumerate,
  map,
  dict: dictionary,
  list: copied,
  tuple: (args, at) => {
    const list = copied(args, at);
    return list?.kind === 'list' ? listOf(list.items, 'tuple') : null;
  },
  sorted: ([list]) =>
    list && numbers([list])
      ? listOf((numbers([list]) ?? []).toSorted((a, b) => a - b).map(constant))
      : null,
  reversed: ([list]) => {
    const all = items(list);
    return all && listOf(all.toReversed());
  },
  len: ([value]) => {
    const all = items(value);
    return all && constant(all.length);
  },
  int: rounded(Math.trunc),
  float: rounded((value) => value),
  round: rounded(Math.round),
  abs: rounded(Math.abs),
  bool: ([value]) => {
    const decided = value ? truth(value) : null;
    return decided === null ? null : constant(decided);
  },
  str: ([value]) => (value?.kind === 'constant' ? constant(String(value.value)) : null),
  max: (args) => extreme(args, Math.max),
  min: (args) => extreme(args, Math.min),
  sum: (args) => extreme(args, (...all) => all.reduce((a, b) => a + b, 0)),
  any: known((all) => (all.includes(true) ? true : all.includes(null) ? null : false)),
  all: known((all) => (all.includes(false) ? false : all.includes(null) ? null : true)),
  type: ([value]) => {
    const found = Object.entries(KINDS).find(([, is]) => value && is(value))?.[0];
    if (value?.kind === 'instance') return value.type;
    return found === undefined ? null : { kind: 'library', path: `python.${found}` };
  },
  hasattr: hasAttribute,
  getattr: getAttribute,
  setattr: setAttribute,
  isinstance: isInstance,
  print: () => NONE,
};

function extreme(args: readonly Py[], of: (...all: number[]) => number): Py | null {
  const all = numbers(args);
  return all && constant(of(...all));
}

/** A method of a list, a dictionary or a text; `null` for what has other methods. */
export function callMethod(
  follow: Follow,
  { object, name }: Extract<Py, { kind: 'method' }>,
  { call, given: args }: CallPlace,
): Py | null {
  const values = args.positional.map(({ value }) => value);
  const text = follow.reader.slice(call);
  if (object.kind === 'list') return ofList(object, name, values) ?? unknown(text);
  if (object.kind === 'dictionary') return ofDictionary(object, name, values) ?? unknown(text);
  return object.kind === 'constant' ? (ofText(object, name, values) ?? unknown(text)) : null;
}

function ofList(list: Extract<Py, { kind: 'list' }>, name: string, args: readonly Py[]): Py | null {
  const [value] = args;
  switch (name) {
    case 'append':
      if (value) list.items.push(value);
      return NONE;
    case 'extend':
      list.items.push(...(items(value) ?? []));
      return NONE;
    case 'insert':
      if (args[1]) list.items.splice(numberIn(value) ?? 0, 0, args[1]);
      return NONE;
    case 'pop':
      return list.items.splice(numberIn(value) ?? list.items.length - 1, 1)[0] ?? null;
    case 'reverse':
      list.items.reverse();
      return NONE;
    case 'copy':
    case 'as_list':
      return listOf(list.items, list.form);
    default:
      return null;
  }
}

function ofDictionary(
  { entries }: Extract<Py, { kind: 'dictionary' }>,
  name: string,
  [key, otherwise]: readonly Py[],
): Py | null {
  const pairs = [...entries].map(([of, value]) => listOf([constant(of), value], 'tuple'));
  switch (name) {
    case 'get':
    case 'pop':
      return entries.get((key && keyOf(key)) ?? '') ?? otherwise ?? NONE;
    case 'items':
      return listOf(pairs);
    case 'keys':
      return listOf([...entries.keys()].map((of) => constant(of)));
    case 'values':
      return listOf([...entries.values()]);
    case 'update':
      for (const [of, value] of key?.kind === 'dictionary' ? key.entries : [])
        entries.set(of, value);
      return NONE;
    default:
      return null;
  }
}

function ofText(
  value: Extract<Py, { kind: 'constant' }>,
  name: string,
  args: readonly Py[],
): Py | null {
  const text = textIn(value);
  if (text === null) return null;
  const other = textIn(args[0]);
  switch (name) {
    case 'lower':
      return constant(text.toLowerCase());
    case 'upper':
      return constant(text.toUpperCase());
    case 'startswith':
      return other === null ? null : constant(text.startsWith(other));
    case 'endswith':
      return other === null ? null : constant(text.endsWith(other));
    case 'split':
      return listOf(text.split(other ?? /\s+/).map((part) => constant(part)));
    case 'format':
      return formatted(text, args);
    default:
      return null;
  }
}

function formatted(text: string, args: readonly Py[]): Py | null {
  let index = 0;
  const parts = args.map((value) => (value.kind === 'constant' ? String(value.value) : null));
  if (parts.includes(null)) return null;
  return constant(text.replaceAll(/\{[^}]*\}/g, () => parts[index++] ?? ''));
}
