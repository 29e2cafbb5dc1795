import { itemAt, keyOf } from './constants.ts';
import type { BuiltIn, CallPlace, Follow } from './follow.ts';
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
import { OBJECT_BUILT_INS } from './objectBuiltIns.ts';

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
  // `zip(*rows)` of rows that are not known is given nothing.
  if (lists.includes(null) || lists.length === 0) return null;
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
  ...OBJECT_BUILT_INS,
  print: () => NONE,
};

function extreme(args: readonly Py[], of: (...all: number[]) => number): Py | null {
  const all = numbers(args);
  return all && constant(of(...all));
}
