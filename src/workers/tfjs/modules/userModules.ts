import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import {
  createRequire,
  registerHooks,
  type LoadHookSync,
  type ResolveHookContext,
  type ResolveHookSync,
} from 'node:module';
import { extname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { requireSyntax, toExecutable } from './executable.ts';
import { meansRuntime, runtimeSources, RUNTIME_URL, type RuntimeSources } from './runtimeModule.ts';
import type { Transpile } from './transpiler.ts';
import { withoutRows } from './withoutRows.ts';
import { findAliased, findRelative, isUserPath, pathOfUrl, realPathOf } from './userPath.ts';

/** What came of loading a file of the user's. */
interface UserModule {
  readonly exports: Exports;
  /** The file and every file of the user's it has loaded, absolute. */
  readonly files: ReadonlySet<string>;
}

type Exports = Readonly<Record<string, unknown>>;

/** Source that stands in for the file at `path`. */
interface StandIn {
  readonly path: string;
  readonly text: string;
}

/**
 * Loads the user's files into this process without writing anything. Every `load` evaluates all of
 * the user's files anew, so neither an older variant nor an older helper is ever served and no
 * state leaks from one trial to the next; packages stay.
 */
export class UserModules {
  readonly #transpile: Transpile;
  readonly #runtime: RuntimeSources;
  readonly #assetFolder: string;
  readonly #cache: NodeJS.Dict<NodeJS.Module>;
  readonly #maps = new Map<string, string>();
  readonly #rows = `?${randomUUID()}`;
  #dataModule: string | null = null;
  #generation = 0;
  #standIn: StandIn | null = null;
  #files = new Set<string>();

  /**
   * Call once, after the runtime is loaded: from here on imports of `@tensorflow/tfjs*` mean `tf`.
   */
  constructor(options: {
    readonly tf: object;
    readonly transpile: Transpile;
    readonly assetFolder: string;
  }) {
    this.#transpile = options.transpile;
    this.#assetFolder = realpathSync(options.assetFolder) + sep;
    this.#runtime = runtimeSources(options.tf);
    this.#cache = createRequire(join(options.assetFolder, 'worker.cjs')).cache;
    registerHooks({ resolve: this.#resolve, load: this.#load });
  }

  /**
   * Evaluates the file; `text`, where given, stands in for what is on disk: a variant, to which the
   * file last loaded without one, the data's, gives everything but its rows. Rejects with what the
   * file throws, or a `syntax` fault.
   */
  async load(path: string, text: string | null): Promise<UserModule> {
    const realPath = realPathOf(path);
    this.#generation += 1;
    this.#standIn = text === null ? null : { path: realPath, text };
    if (text === null) this.#dataModule = realPath;
    this.#files = new Set();
    this.#maps.clear();
    this.#forgetUserFiles();
    const files = this.#files;
    try {
      return { exports: ownExports((await import(this.#urlOf(realPath))) as Exports), files };
    } catch (error) {
      if (error instanceof SyntaxError) this.#findSyntaxError(files);
      throw error;
    }
  }

  /** Evaluates a file of the user's that is neither a variant nor the data. */
  async loadBeside(path: string): Promise<Readonly<Record<string, unknown>>> {
    const data = this.#dataModule;
    try {
      return (await this.load(path, null)).exports;
    } finally {
      this.#dataModule = data;
    }
  }

  /**
   * Node does not tell where in an ES module a syntax error is; the compiler does. Throws a
   * `syntax` fault if it finds one.
   */
  #findSyntaxError(files: ReadonlySet<string>): void {
    for (const path of files)
      if (extname(path) !== '.json') requireSyntax(path, this.#textOf(path), this.#transpile);
  }

  /** A module of the user's whose rows no variant is to get at, though it was not loaded here. */
  closeRows(path: string | null): void {
    this.#dataModule = path === null || !existsSync(path) ? null : realPathOf(path);
  }

  /** The source map of a file of the last load, as JSON. */
  mapOf(path: string): string | null {
    return this.#maps.get(realPathOf(path)) ?? null;
  }

  readonly #resolve: ResolveHookSync = (specifier, context, nextResolve) => {
    const parent = pathOfUrl(context.parentURL);
    if (meansRuntime(specifier, parent))
      return { url: RUNTIME_URL[isRequire(context) ? 'require' : 'import'], shortCircuit: true };
    if (specifier.startsWith('file:') && specifier.endsWith(this.#query))
      return { url: specifier, shortCircuit: true };
    if (parent === null || !this.#isUsers(parent)) return nextResolve(specifier, context);
    const found = findRelative(specifier, parent) ?? findAliased(specifier, parent);
    const resolved = found
      ? { url: pathToFileURL(realPathOf(found)).href, shortCircuit: true }
      : nextResolve(specifier, context);
    return isRequire(context) ? resolved : this.#marked(resolved, context);
  };

  /**
   * `require` has its own cache, emptied before each load; imported URLs cannot be forgotten, so
   * they get a new query.
   */
  #marked(
    resolved: ReturnType<ResolveHookSync>,
    context: ResolveHookContext,
  ): ReturnType<ResolveHookSync> {
    const path = pathOfUrl(resolved.url);
    if (path === null || !this.#isUsers(path)) return resolved;
    return {
      url: this.#urlOf(path),
      importAttributes: context.importAttributes,
      shortCircuit: true,
    };
  }

  readonly #load: LoadHookSync = (url, context, nextLoad) => {
    if (url === RUNTIME_URL.import)
      return { format: 'module', source: this.#runtime.module, shortCircuit: true };
    if (url === RUNTIME_URL.require)
      return { format: 'commonjs', source: this.#runtime.commonjs, shortCircuit: true };
    const path = pathOfUrl(url);
    if (path === null || !this.#isUsers(path) || extname(path) === '.node')
      return nextLoad(url, context);
    this.#files.add(path);
    return extname(path) === '.json'
      ? this.#loadJson(path, url, [context, nextLoad])
      : this.#loadSource(path, url);
  };

  #loadSource(path: string, url: string): ReturnType<LoadHookSync> {
    const { source, format, map } = toExecutable(path, this.#textOf(path), this.#transpile);
    if (map !== null) this.#maps.set(path, map);
    const isClosed = this.#isClosed(path) && !url.includes(this.#rows);
    return {
      format,
      source: isClosed
        ? withoutRows({ source, format }, pathToFileURL(path).href + this.#rows + this.#query)
        : source,
      shortCircuit: true,
    };
  }

  /**
   * An import of a `.json` file works with and without `with { type: 'json' }`, as it does under
   * `tsc`.
   */
  #loadJson(
    path: string,
    url: string,
    [context, nextLoad]: [Parameters<LoadHookSync>[1], Parameters<LoadHookSync>[2]],
  ): ReturnType<LoadHookSync> {
    if (isRequire(context) || context.importAttributes['type'] === 'json')
      return nextLoad(url, context);
    return {
      format: 'module',
      source: `export default ${JSON.stringify(JSON.parse(readFileSync(path, 'utf8')))};`,
      shortCircuit: true,
    };
  }

  #textOf(path: string): string {
    return this.#standIn?.path === path ? this.#standIn.text : readFileSync(path, 'utf8');
  }

  #forgetUserFiles(): void {
    for (const path of Object.keys(this.#cache)) if (this.#isUsers(path)) delete this.#cache[path];
  }

  #isClosed(path: string): boolean {
    return this.#standIn !== null && path === this.#dataModule && path !== this.#standIn.path;
  }

  #isUsers(path: string): boolean {
    return isUserPath(path) && !path.startsWith(this.#assetFolder) && !path.startsWith('cortex:');
  }

  get #query(): string {
    return `?cortex=${this.#generation}`;
  }

  #urlOf(path: string): string {
    return pathToFileURL(path).href + this.#query;
  }
}

const isRequire = ({ conditions }: { readonly conditions: readonly string[] }): boolean =>
  conditions.includes('require');

/**
 * What a CommonJS file exports, without what Node adds to it (and under no other name: older Nodes
 * have no `module.exports`).
 */
function ownExports(namespace: Exports): Exports {
  const { 'module.exports': whole, default: fallback } = namespace;
  if (isObject(whole)) return whole;
  return isObject(fallback) && '__esModule' in fallback ? fallback : namespace;
}

const isObject = (value: unknown): value is Exports => typeof value === 'object' && value !== null;
