import { itemsOf, valueOf } from './compute.ts';
import type { CodeFollower } from './codeFollower.ts';
import { NOTHING, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

type Callback = Extract<Meaning, { kind: 'function' }>;

interface Asked {
  readonly items: readonly Meaning[];
  readonly args: readonly Meaning[];
  readonly follower: CodeFollower;
}

const index = (value: number): Meaning => ({ kind: 'value', value: { kind: 'number', value } });

const list = (items: readonly Meaning[]): Meaning => ({ kind: 'list', items: [...items] });

const callback = ({ args }: Asked): Callback | null => {
  const [first] = args;
  return first?.kind === 'function' ? first : null;
};

const each = (asked: Asked): Meaning[] | null => {
  const work = callback(asked);
  const { follower, items } = asked;
  if (!work) return null;
  return follower.ledger.repeatedly(() =>
    items.map((item, at) => follower.inlined(work, [item, index(at)])),
  );
};

function reduced(asked: Asked): Meaning | null {
  const work = callback(asked);
  const { items, args, follower } = asked;
  if (!work) return null;
  const given = args[1];
  let sum = given ?? items[0] ?? UNKNOWN;
  return follower.ledger.repeatedly(() => {
    for (const [at, item] of (given ? items : items.slice(1)).entries())
      sum = follower.inlined(work, [sum, item, index(at)]);
    return sum;
  });
}

function sliced({ items, args }: Asked): Meaning | null {
  const bounds = args.map((one) => valueOf(one));
  if (!bounds.every((one) => one?.kind === 'number')) return null;
  const [start, end] = bounds.map((one) => one.value);
  return list(items.slice(start, end));
}

/** What methods of a list give, where all is known that they need. */
const METHODS: Readonly<Record<string, (asked: Asked) => Meaning | null>> = {
  map: (asked) => {
    const items = each(asked);
    return items && list(items);
  },
  flatMap: (asked) => {
    const items = each(asked);
    return items && list(items.flatMap((item) => itemsOf(item) ?? [item]));
  },
  forEach: (asked) => (each(asked) ? NOTHING : null),
  reduce: reduced,
  slice: sliced,
  concat: ({ items, args }) => list([...items, ...args.flatMap((one) => itemsOf(one) ?? [one])]),
  reverse: ({ items }) => list(items.toReversed()),
  at: ({ items, args }) => {
    const value = args[0] && valueOf(args[0]);
    return value?.kind === 'number' ? (items.at(value.value) ?? UNKNOWN) : null;
  },
};

/** A method of a list; `null` for one that is not known here. */
export function listCall(
  object: Meaning,
  method: string,
  args: readonly Meaning[],
  follower: CodeFollower,
): Meaning | null {
  if (method === 'push' && object.kind === 'list') {
    object.items.push(...args);
    return NOTHING;
  }
  const items = itemsOf(object);
  return (items && METHODS[method]?.({ items, args, follower })) ?? null;
}
