import buffer from 'node:buffer';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import type { Tf } from '../tf.ts';

/** An object whose functions are held, and what it is called in a refusal. */
export type Root = readonly [name: string, owner: object];

/** A function as it hangs on its owner. */
export interface Held {
  readonly owner: object;
  readonly name: string;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

/**
 * Every function that can be reached from what the language, Node's file system and its globals
 * offer: what the evaluator itself is made of.
 */
export const heldOfLanguage = (): readonly Held[] => [
  ...propertiesOf('globalThis', globalThis).filter(
    ({ key, descriptor: { value } }) => typeof value === 'function' && typeof key === 'string',
  ),
  ...reachable(
    [
      ...globals(),
      ...HIDDEN,
      ['fs', fs],
      ['fs.promises', fs.promises],
      ['module', module],
      ['path', path],
      ['buffer', buffer],
      ['v8', v8],
    ],
    () => false,
  ),
];

/**
 * Every function of the runtime: its namespaces, every class of layer, optimiser and initializer,
 * the engine and the backend.
 */
export function heldOfRuntime(tf: Tf): readonly Held[] {
  const backend = tf.backend() as object & {
    readonly wasm?: { readonly tfjs?: object };
    readonly binding?: object;
  };
  const native = backend.wasm?.tfjs ?? backend.binding;
  return [
    ...reachable(
      [
        ['LayersModel', tf.LayersModel.prototype],
        ['Sequential', tf.Sequential.prototype],
        ['Tensor', tf.Tensor.prototype],
        ['Dataset', tf.data.Dataset.prototype],
        ...classes(tf),
        ...lineageOf('engine', tf.engine()),
        ...lineageOf('backend', backend),
        ...lineageOf('environment', tf.env()),
        ...(native ? [['backend', native] as const] : []),
      ],
      () => false,
    ),
    ...reachable([['tf', tf]], isNamespace),
  ];
}

/** Classes by the name they are saved under; those that a variant adds are its own. */
export const classesOf = (tf: Tf): Readonly<Record<string, readonly unknown[]>> =>
  tf.serialization.SerializationMap.getMap().classNameMap;

function classes(tf: Tf): readonly Root[] {
  return Object.entries(classesOf(tf)).flatMap(([name, [owner]]): Root[] =>
    typeof owner === 'function' ? lineageOf(name, owner.prototype as object) : [],
  );
}

/** An object and what it inherits from, up to the language's own. */
function lineageOf(name: string, owner: object): Root[] {
  const chain: Root[] = [];
  for (
    let each: object | null = owner;
    each !== null && each !== Object.prototype;
    each = Object.getPrototypeOf(each) as object | null
  )
    chain.push([name, each]);
  return chain;
}

/**
 * Objects of the language that have no name of their own: how values are iterated, and what
 * functions of each kind have.
 */
const HIDDEN: readonly Root[] = [
  ...[
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    'a'.matchAll(/a/g),
    (function* () {
      yield 0;
    })(),
    (async function* () {
      await Promise.resolve();
      yield 0;
    })(),
  ].flatMap((each) => lineageOf('an iterator', Object.getPrototypeOf(each) as object)),
  ['AsyncFunction', Object.getPrototypeOf(async () => Promise.resolve()) as object],
  ['TypedArray', Object.getPrototypeOf(Float32Array) as object],
  ['performance', Object.getPrototypeOf(performance) as object],
];

/** Objects under global names that a variant may change: they measure nothing. */
const FREE: readonly unknown[] = [globalThis, process, console];

/**
 * The language's and Node's own names. What a getter gives is made when it is first asked for, and
 * measures nothing.
 */
function globals(): readonly Root[] {
  return Reflect.ownKeys(globalThis).flatMap((key): Root[] => {
    const value: unknown = Object.getOwnPropertyDescriptor(globalThis, key)?.value;
    return typeof key === 'string' && isOwner(value) && !FREE.includes(value) ? [[key, value]] : [];
  });
}

const isOwner = (value: unknown): value is object =>
  typeof value === 'function' || (typeof value === 'object' && value !== null);

const isNamespace = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
};

/**
 * Every function and every getter from the roots on, through functions, their prototypes, and what
 * is `entered`.
 */
function reachable(roots: readonly Root[], entered: (value: object) => boolean): readonly Held[] {
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

function propertiesOf(name: string, owner: object): readonly Held[] {
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
