import { writeSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import process from 'node:process';
import { Writable } from 'node:stream';
import { VariantFault } from '../variantFault.ts';

/** Modules of Node's whose every function goes, and no code of a model needs. */
const MODULES = [
  'net',
  'tls',
  'http',
  'https',
  'http2',
  'dgram',
  'dns',
  'dns/promises',
  'inspector',
  'inspector/promises',
  'cluster',
  // It hands out the sockets of this process.
  'async_hooks',
];

const OF_PROCESS = [
  'kill',
  '_kill',
  '_debugProcess',
  '_debugEnd',
  '_startProfilerIdleNotifier',
  '_getActiveHandles',
  '_getActiveRequests',
  'binding',
  '_linkedBinding',
  'dlopen',
];

const GLOBALS = ['fetch', 'WebSocket', 'EventSource'];

/** Streams by their descriptors: their words stay, their sockets go. */
const STREAMS = [
  ['stdout', 1],
  ['stderr', 2],
] as const;

/**
 * Takes from this process, before any code of a variant is loaded, what reaches the network and
 * other processes. Node's permission model keeps its bindings from being loaded again, so nothing
 * is left to find them by; where the system confines the process, this is the second lock.
 */
export function closeWaysOut(): void {
  const net = builtin('net');
  for (const name of ['Socket', 'Server']) {
    const { prototype } = net[name] as { readonly prototype: object };
    closeAll(prototype, ['connect', 'listen']);
  }
  // All are loaded before one is closed: some are made of others.
  for (const module of MODULES.map(builtin)) closeAll(module, Object.keys(module));
  closeAll(builtin('os'), ['setPriority']);
  closeAll(process, OF_PROCESS);
  closeAll(globalThis, GLOBALS);
  for (const [name, descriptor] of STREAMS) {
    const value = wordsOnly(descriptor);
    Object.defineProperty(process, name, { value });
    Object.defineProperty(console, `_${name}`, { value });
  }
  syncBuiltinESMExports();
}

type Exports = Readonly<Record<string, unknown>>;

/** Without a type that has every module: those of an older Node may be missing. */
const builtin = (name: string): Exports =>
  (process.getBuiltinModule as (name: string) => Exports | undefined)(name) ?? {};

function closeAll(owner: object, names: readonly string[]): void {
  for (const name of names)
    if (typeof (owner as Exports)[name] === 'function')
      Object.defineProperty(owner, name, { value: refuse, configurable: false });
}

/** What cannot be written at once is dropped: it is for people, and no answer. */
const wordsOnly = (descriptor: number): Writable =>
  new Writable({
    write(chunk: Uint8Array, _encoding, done) {
      try {
        writeSync(descriptor, chunk);
      } catch {
        // The pipe is full, or closed.
      }
      done();
    },
  });

function refuse(): never {
  throw new VariantFault(
    'refused',
    'The code asked for something a proposal may not do (use the network, reach another ' +
      'process). Write what it needs as constants.',
  );
}
