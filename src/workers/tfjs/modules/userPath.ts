import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, extname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ALIAS_FILES, aliasesIn, unaliased } from '../../../util/pathAliases.ts';

const TYPESCRIPT_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx'],
  '.mjs': ['.mts'],
  '.cjs': ['.cts'],
  '.jsx': ['.tsx'],
};
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json'];

/** The path behind a file URL without its query; `null` for any other URL. */
export function pathOfUrl(url: string | undefined): string | null {
  return url?.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : null;
}

/** Belongs to the user rather than to a package. */
export const isUserPath = (path: string): boolean => !/[\\/]node_modules[\\/]/.test(path);

/**
 * The file a relative import means, by TypeScript's rules: as written, `.js` standing for `.ts`, no
 * extension, a folder's index. `null` when there is none or the specifier is not relative.
 */
export function findRelative(specifier: string, parentPath: string): string | null {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return null;
  const target = join(dirname(parentPath), specifier.replace(/[?#].*$/, ''));
  return candidates(target).find(isFile) ?? null;
}

/**
 * The file that a path means by the project's own names for folders (`@/blocks`), as the nearest
 * settings above `parentPath` have them; `null` where there is none.
 */
export function findAliased(specifier: string, parentPath: string): string | null {
  if (/^(\.{0,2}\/|node:|[a-z]+:\/\/)/.test(specifier)) return null;
  for (let folder = dirname(parentPath); ; folder = dirname(folder)) {
    const found = aliasedFrom(folder, specifier);
    if (found !== null || folder === dirname(folder)) return found;
  }
}

function aliasedFrom(folder: string, specifier: string): string | null {
  for (const name of ALIAS_FILES) {
    const text = textOf(join(folder, name));
    const meant = text === null ? [] : unaliased(specifier, aliasesIn(name, text));
    const found = meant.flatMap((path) => candidates(resolve(folder, path))).find(isFile);
    if (found !== undefined) return found;
  }
  return null;
}

/** `null` for what is not there, and for what a builder may not read. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

/**
 * The path without symbolic links, as Node's loader names files; unchanged when there is no such
 * file, or none that this process may ask for.
 */
export function realPathOf(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ERR_ACCESS_DENIED') return path;
    throw error;
  }
}

function candidates(target: string): readonly string[] {
  const extension = extname(target);
  const stem = target.slice(0, target.length - extension.length);
  return [
    target,
    ...(TYPESCRIPT_OF[extension] ?? []).map((other) => stem + other),
    ...EXTENSIONS.map((other) => target + other),
    ...EXTENSIONS.map((other) => join(target, `index${other}`)),
  ];
}

/** A builder may not even ask for what it may not read: for it, such a file is not there. */
function isFile(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_ACCESS_DENIED') return false;
    throw error;
  }
}
