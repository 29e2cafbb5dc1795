import type { CallPlace, Follow } from './follow.ts';
import { callBuiltIn } from './builtIns.ts';
import { iterated } from './iteration.ts';
import { constant, given, numberIn, unknown } from './values.ts';
import type { Py } from './py.ts';

type Known = (follow: Follow, place: CallPlace) => Py | null;

const rounded =
  (of: (value: number) => number): Known =>
  (_follow, { given: { positional } }) => {
    const number = numberIn(positional[0]?.value);
    const value = number === null ? NaN : of(number);
    return Number.isFinite(value) ? constant(value) : null;
  };

const product: Known = (_follow, { given: { positional } }) => {
  const items = positional[0] ? iterated(positional[0].value) : null;
  const numbers = (items ?? []).map(numberIn);
  if (!items || numbers.includes(null)) return null;
  return constant(numbers.reduce<number>((all, one) => all * (one ?? 1), 1));
};

/** `reduce(f, list)`, followed one call after the other. */
const reduce: Known = (follow, place) => {
  const [callee, list, start] = place.given.positional.map(({ value }) => value);
  const items = list ? iterated(list) : null;
  if (!callee || !items) return null;
  const all = start ? [start, ...items] : items;
  const [first, ...rest] = all;
  return rest.reduce<Py>(
    (value, item) => follow.call(callee, { ...place, given: given(value, item) }),
    first ?? unknown('reduce'),
  );
};

const partial: Known = (_follow, { given: { positional, named } }) => {
  const [callee, ...rest] = positional;
  return callee
    ? { kind: 'partial', callee: callee.value, given: { positional: rest, named } }
    : null;
};

/** A copy of a layer has weights of its own. */
const copied: Known = (_follow, { given: { positional } }) => {
  const [original] = positional;
  if (!original) return null;
  const { value } = original;
  return value.kind === 'layer' ? { kind: 'layer', draft: { ...value.draft } } : value;
};

const KNOWN: Readonly<Record<string, Known>> = {
  'math.floor': rounded(Math.floor),
  'math.ceil': rounded(Math.ceil),
  'math.sqrt': rounded(Math.sqrt),
  'math.log2': rounded(Math.log2),
  'math.pow': (_follow, { given: { positional } }) => {
    const [base, exponent] = positional.map(({ value }) => numberIn(value));
    return base === null || exponent === null || base === undefined || exponent === undefined
      ? null
      : constant(base ** exponent);
  },
  'math.log': (_follow, { given: { positional } }) => {
    const [value, base] = positional.map((it) => numberIn(it.value));
    return typeof value === 'number'
      ? constant(Math.log(value) / (typeof base === 'number' ? Math.log(base) : 1))
      : null;
  },
  'math.prod': product,
  'numpy.prod': product,
  'numpy.log2': rounded(Math.log2),
  'numpy.floor': rounded(Math.floor),
  'numpy.ceil': rounded(Math.ceil),
  'numpy.sqrt': rounded(Math.sqrt),
  'functools.reduce': reduce,
  'functools.partial': partial,
  'functools.wraps': () => unknown('wraps'),
  'collections.OrderedDict': (follow, place) => callBuiltIn(follow, 'dict', place),
  'copy.deepcopy': copied,
  'copy.copy': copied,
};

/** A function of Python's own libraries; `null` for one that Cortex does not follow. */
export const callPython = (follow: Follow, path: string, place: CallPlace): Py | null =>
  Object.hasOwn(KNOWN, path) ? (KNOWN[path]?.(follow, place) ?? null) : null;
