import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { Readable, Writable } from 'node:stream';

/** Functions of `node:fs` that change a disk and give nothing back. */
const WRITERS = [
  'appendFile',
  'chmod',
  'copyFile',
  'cp',
  'link',
  'mkdir',
  'rename',
  'rm',
  'rmdir',
  'symlink',
  'truncate',
  'unlink',
  'utimes',
  'writeFile',
] as const;

/** What writes still, for Cortex alone. */
export interface Disk {
  readonly mkdir: (path: string) => void;
  readonly write: (path: string, content: string | Uint8Array) => void;
}

const replace = (owner: object, name: string, value: unknown): void => {
  Object.defineProperty(owner, name, { value, configurable: true, writable: true });
};

/**
 * From here on what this process writes to a disk by its path goes nowhere, as if it had been
 * written, and nobody answers what it asks. (The permission model refuses any other way to write.)
 * Gives what writes still.
 */
export function quietWriters(): Disk {
  const { mkdirSync, writeFileSync } = fs;
  for (const name of WRITERS) {
    replace(fs, `${name}Sync`, () => undefined);
    replace(fs.promises, name, () => Promise.resolve());
    replace(fs, name, callItsLast);
  }
  replace(fs, 'createWriteStream', () => new Writable({ write: (_, __, done) => done() }));
  replace(process, 'stdin', Readable.from([]));
  syncBuiltinESMExports();
  return {
    mkdir: (path) => void mkdirSync(path, { recursive: true }),
    write: (path, content) => {
      writeFileSync(path, content);
    },
  };
}

/** A callback is the last of what it is called with. */
function callItsLast(...given: readonly unknown[]): void {
  const done = given.at(-1);
  if (typeof done === 'function') queueMicrotask(() => void (done as (error: null) => void)(null));
}
