/**
 * Every function and every getter from the roots on, through functions, their prototypes, and what
 * is `entered`.
 */
export function reachable(
  roots: readonly Root[],
  entered: (value: object) => boolean,
): readonly Held[] {
  const seen = new Set<object>();
  const ahead = [...roots];
  const held: Held[] = [];
  for (let next = ahead.shift(); next; next = ahead.shift()) {
    if (seen.has(next[1])) continue;
    seen.add(next[1]);
    const own = propertiesOf(...next);
    held.push(
      ...own.filter(
        ({ key, descriptor: { value } }) => typeof value !== 'object' || key === 'prototype',
      ),
    );
    ahead.push(...own.flatMap((each) => onward(next[0], each, entered)));
  }
  return held;
}

function onward(
  name: string,
  { key, name: own, descriptor }: Held,
  entered: (value: object) => boolean,
): readonly Root[] {
  const value: unknown = descriptor.value;
  if (!isOwner(value)) return [];
  if (key === 'prototype') return [[name, value]];
  return typeof value === 'function' || entered(value) ? [[own, value]] : [];
}

/** What every function has of its own without being asked. */
const OF_FUNCTIONS: readonly PropertyKey[] = ['length', 'name', 'arguments', 'caller'];

/** What hangs on an owner by itself, but for what every function has. */
export function propertiesOf(name: string, owner: object): readonly Held[] {
  return Reflect.ownKeys(owner).flatMap((key): Held[] => {
    const descriptor =
      typeof owner === 'function' && OF_FUNCTIONS.includes(key)
        ? undefined
        : Object.getOwnPropertyDescriptor(owner, key);
    const counts = descriptor && (descriptor.get ?? descriptor.set ?? isOwner(descriptor.value));
    return counts && key !== 'constructor'
      ? [{ owner, key, descriptor, name: `${name}.${String(key)}` }]
      : [];
  });
}

/** An object whose functions are held, and what it is called in a refusal. */
export type Root = readonly [name: string, owner: object];

/** A function as it hangs on its owner. */
export interface Held {
  readonly owner: object;
  readonly name: string;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

/** Something that functions can hang on. */
export const isOwner = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);

/** A plain object, as namespaces of modules are. */
export const isNamespace = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/** An object and what it inherits from, up to the language's own. */
export function lineageOf(name: string, owner: object): Root[] {
  const chain: Root[] = [];
  for (
    let each: object | null = owner;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each) as object | null
  )
    chain.push([name, each]);
  return chain;
}
