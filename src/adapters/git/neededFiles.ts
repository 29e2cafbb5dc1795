import { readFile, stat } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import { codeOf } from '../../model/notebook.ts';
import { rowsPathOf } from '../../record/fileData.ts';
import type { Study } from '../../study/study.ts';
import { ALIAS_FILES, aliasesIn, unaliased } from '../../util/pathAliases.ts';

/** The modules a source imports, as they are written there. */
export type ImportsOf = (path: string, text: string) => Promise<readonly string[]>;

/**
 * The files a study cannot run without, as absolute paths that exist: study and package file, data,
 * and whatever of the user's own the model and data modules import. What a variant
 * imports counts for nothing: a proposal must not put files of the user's on a branch.
 */
export async function neededFiles(study: Study, importsOf: ImportsOf): Promise<readonly string[]> {
  const model = normalize(study.modelPath);
  const found = await reachedFrom([model, ...(await existing(fixedFiles(study)))], importsOf);
  found.delete(model);
  return [...found];
}

async function reachedFrom(start: readonly string[], importsOf: ImportsOf): Promise<Set<string>> {
  const found = new Set<string>();
  const queue = [...start];
  for (let file = queue.pop(); file !== undefined && found.size < MOST_FILES; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (CODE.test(file)) queue.push(...(await importedBy(file, importsOf)));
  }
  return found;
}

/**
 * The model file, as it is and as `text` changes it, and what it imports: all that building it
 * takes, and no data.
 */
export async function sourcesOf(
  { modelPath }: Study,
  text: string | null,
  importsOf: ImportsOf,
): Promise<readonly string[]> {
  const model = normalize(modelPath);
  const own = await importsOf(model, text ?? '');
  const more = await filesMeant(model, own);
  return [...(await reachedFrom([model, ...more], importsOf))];
}

const importedBy = async (file: string, importsOf: ImportsOf): Promise<string[]> =>
  filesMeant(file, await importsOf(file, await readSource(file)));

/** The files that imports mean: by a path from the importing file, or by the project's names. */
async function filesMeant(file: string, imports: readonly string[]): Promise<string[]> {
  const isNear = (path: string): boolean => /^\.{1,2}(\/|$)/.test(path);
  const near = imports.filter(isNear).map((path) => resolve(dirname(file), path));
  const far = await unaliasedFrom(
    dirname(file),
    imports.filter((path) => !isNear(path)),
  );
  return existing([...near, ...far].flatMap(candidates));
}

/** What names of folders (`@/blocks`) may mean by the settings of this folder and those above. */
async function unaliasedFrom(folder: string, imports: readonly string[]): Promise<string[]> {
  if (imports.length === 0) return [];
  const settings = await Promise.all(
    ALIAS_FILES.map(async (name) => aliasesIn(name, await readSource(join(folder, name)))),
  );
  const here = imports
    .flatMap((path) => unaliased(path, settings.flat()))
    .map((path) => resolve(folder, path));
  const above = dirname(folder);
  return above === folder ? here : [...here, ...(await unaliasedFrom(above, imports))];
}

const MOST_FILES = 300;
const CODE = /\.(?:[cm]?[jt]sx?|py|ipynb)$/;
const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json', '.py'];

function fixedFiles({ folder, config }: Study): readonly string[] {
  const beside = ['cortex.json', 'package.json', 'tsconfig.json'].map((name) => join(folder, name));
  const data = typeof config.data === 'string' ? config.data : rowsPathOf(config);
  return data === null
    ? [...beside, ...candidates(join(folder, 'data'))]
    : [...beside, resolve(folder, data)];
}

/**
 * Everything an import may mean: the path itself, with an extension, TypeScript behind a `.js`, or
 * a folder's index.
 */
const candidates = (path: string): readonly string[] => [
  path,
  ...EXTENSIONS.map((extension) => path + extension),
  path.replace(/\.([cm]?)js$/, '.$1ts'),
  ...EXTENSIONS.map((extension) => join(path, `index${extension}`)),
  join(path, '__init__.py'),
];

async function existing(paths: readonly string[]): Promise<string[]> {
  const kept = await Promise.all(
    paths.map(async (path) => ((await isFile(path)) ? [normalize(path)] : [])),
  );
  return kept.flat();
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (info) => info.isFile(),
    () => false,
  );

/** An unreadable module imports nothing; git names it when it is added. */
const readSource = async (file: string): Promise<string> =>
  codeOf(file, await readFile(file, 'utf8').catch(() => ''));
