import { readFile, stat } from 'node:fs/promises';
import { dirname, join, normalize, resolve } from 'node:path';
import type { Study } from '../../study/study.ts';

/**
 * The files a study cannot run without, as absolute paths that exist: study and package file, data,
 * and whatever the model and the data module import by relative paths. The variant's text stands
 * for the model file, which is not listed.
 */
export async function neededFiles(study: Study, variantText: string): Promise<readonly string[]> {
  const found = new Set<string>([normalize(study.modelPath)]);
  const queue = await existing([...fixedFiles(study), ...importsOf(variantText, study.modelPath)]);
  for (let file = queue.pop(); file !== undefined && found.size < MOST_FILES; file = queue.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    if (CODE.test(file)) queue.push(...(await existing(importsOf(await readSource(file), file))));
  }
  found.delete(normalize(study.modelPath));
  return [...found];
}

const MOST_FILES = 300;
const CODE = /\.[cm]?[jt]sx?$/;
const EXTENSIONS = ['.ts', '.js', '.mts', '.mjs', '.cts', '.cjs', '.tsx', '.jsx', '.json'];
const RELATIVE_IMPORT = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*(["'])(\.{1,2}\/[^"'\n]+)\1/g;

function fixedFiles({ folder, config }: Study): readonly string[] {
  const beside = ['cortex.json', 'package.json', 'tsconfig.json'].map((name) => join(folder, name));
  const data = typeof config.data === 'object' ? config.data.csv : config.data;
  return data === undefined
    ? [...beside, ...candidates(join(folder, 'data'))]
    : [...beside, resolve(folder, data)];
}

const importsOf = (source: string, file: string): readonly string[] =>
  [...source.matchAll(RELATIVE_IMPORT)].flatMap(([, , specifier = '']) =>
    candidates(resolve(dirname(file), specifier)),
  );

/**
 * Everything an import may mean: the path itself, with an extension, TypeScript behind a `.js`, or
 * a folder's index.
 */
const candidates = (path: string): readonly string[] => [
  path,
  ...EXTENSIONS.map((extension) => path + extension),
  path.replace(/\.([cm]?)js$/, '.$1ts'),
  ...EXTENSIONS.map((extension) => join(path, `index${extension}`)),
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
const readSource = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
