import buffer from 'node:buffer';
import fs from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import v8 from 'node:v8';
import { isOwner, lineageOf, propertiesOf, reachable } from './reachable.ts';
import type { Held, Root } from './reachable.ts';

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
