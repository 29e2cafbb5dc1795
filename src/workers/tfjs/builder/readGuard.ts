import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { basename, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import v8 from 'node:v8';
import { isUserPath, realPathOf } from '../modules/userPath.ts';
import { VariantFault } from '../variantFault.ts';

type Reader = (path: unknown, ...rest: unknown[]) => unknown;

/** Every way Node opens a file for reading by its name. */
const READERS = [
  'readFileSync',
  'openSync',
  'readFile',
  'open',
  'createReadStream',
  'openAsBlob',
] as const;
const PROMISED = ['readFile', 'open'] as const;

const state: { seen: Set<string> | null; held: ReadonlySet<string> | null; caught: string | null } =
  { seen: null, held: null, caught: null };
let dataFiles: ReadonlySet<string> = new Set();

/**
 * Puts the guard around Node's file functions; call once, before any of the user's code is loaded.
 */
export function installReadGuard(): void {
  for (const name of READERS) wrap(fs, name);
  for (const name of PROMISED) wrap(fs.promises, name);
  for (const name of ['getHeapSnapshot', 'queryObjects', 'startCpuProfile'] as const)
    if (name in v8) Object.defineProperty(v8, name, { value: () => refuseMemory() });
  for (const name of ['loadEnvFile', 'openStdin'] as const)
    if (name in process) Object.defineProperty(process, name, { value: () => refuseMemory() });
  // Requests are read by the worker alone.
  Object.defineProperty(process, 'stdin', { value: Readable.from([]), configurable: true });
  syncBuiltinESMExports();
}

/** Stands in for `loadData` where a variant calls it. */
export function refuseRows(): never {
  state.caught = 'loadData';
  throw dataRead('loadData');
}

function refuseMemory(): never {
  throw new VariantFault(
    'refused',
    'The model file asked for the memory of the training process, which holds the rows it is ' +
      'judged by.',
  );
}

/**
 * Reads data: the files opened meanwhile, `but` modules, are those that no variant may open from
 * now on.
 */
export async function watchReads<T>(
  run: () => Promise<T>,
  but: (result: T) => ReadonlySet<string>,
): Promise<T> {
  const seen = new Set<string>();
  state.seen = seen;
  try {
    const result = await run();
    const modules = but(result);
    dataFiles = new Set([...seen].filter((file) => !modules.has(file) && !isCode(file)));
    return result;
  } finally {
    state.seen = null;
  }
}

/** Closes files that were never read here: a builder's process has no data, and looks for none. */
export function closeFiles(files: readonly string[]): void {
  dataFiles = new Set(files);
}

/**
 * Runs code of a variant, to which the data's files are closed; throws a `refused` fault that names
 * the file, even where the variant caught it. The user's own file is no exception: every proposal
 * inherits what it does, so that its reading would let the rows into all of them, or fail all.
 */
export async function withoutData<T>(run: () => Promise<T>): Promise<T> {
  state.held = dataFiles;
  state.caught = null;
  try {
    return await run();
  } finally {
    state.held = null;
    if (state.caught !== null) throw dataRead(state.caught);
  }
}

/** What the loader opens for a module, on its own account. */
const isCode = (file: string): boolean =>
  /\.([cm]?[jt]sx?|node|wasm|map)$/.test(file) ||
  /(^|[\\/])(package|tsconfig)\.json$/.test(file) ||
  !isUserPath(file);

function wrap(owner: object, name: string): void {
  const readers = owner as Record<string, Reader>;
  const original = readers[name];
  if (!original) return;
  readers[name] = Object.assign(function guardedRead(
    this: unknown,
    path: unknown,
    ...rest: unknown[]
  ) {
    const named = nameOf(path);
    if (typeof named === 'string') notice(realPathOf(resolve(named)));
    return original.call(this, named, ...rest);
  }, original);
}

function notice(file: string): void {
  const { seen, held } = state;
  seen?.add(file);
  if (!held?.has(file) && !(held && MEMORY.test(file))) return;
  state.caught = file;
  throw dataRead(file);
}

/** A process's own memory, where the rows are too. */
const MEMORY = /^\/proc\/(?:self|thread-self|\d+)\/(?:.*\/)?mem$/;

/**
 * As a text, in whatever form Node takes it, so that it means the same when it is opened; a
 * descriptor as it is.
 */
function nameOf(path: unknown): unknown {
  if (path instanceof Uint8Array) return Buffer.from(path).toString();
  const isUrl = typeof path === 'object' && path !== null && 'href' in path;
  return isUrl ? fileURLToPath(String(path.href)) : path;
}

const dataRead = (file: string): VariantFault =>
  new VariantFault(
    'refused',
    'The model file ' +
      (file === 'loadData'
        ? 'called loadData, which gives '
        : `opened ${basename(file)}, which holds `) +
      'the rows it is judged by. A builder gets the shapes of the data ({ inputShape, ' +
      'outputUnits }), not the data: take sizes from there, write other facts as constants, ' +
      'and scale under "preprocessing" in cortex.json.',
  );
