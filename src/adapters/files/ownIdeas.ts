import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { OPERATORS } from '../../propose/operators/operators.ts';
import { ownIdeaSchema, type OwnIdea } from '../../study/ownIdea.ts';
import { CortexError } from '../../util/errors.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import { fileAccessError } from './errors.ts';
import { ideaNameTaken, ideaSyntaxError, ideaValueError, tooManyIdeas } from './ideaErrors.ts';
import { parseJson, type JsonKind } from './parseJson.ts';
import { readSource } from './readSource.ts';
import { statOrNull } from './system.ts';

const IDEAS = join('.cortex', 'ideas');
const MOST_FILES = 200;
/** How far up a repository is looked for. */
const LEVELS_UP = 12;

const KIND: JsonKind<typeof ownIdeaSchema> = {
  schema: ownIdeaSchema,
  keysAt: (path) => (path.length === 0 ? Object.keys(ownIdeaSchema.shape) : keysWithin(path)),
  syntaxError: ideaSyntaxError,
  valueError: ideaValueError,
};

/** Keys of what stands inside: of `where` and of edits; unions tell themselves. */
const keysWithin = ([first]: readonly (string | number)[]): readonly string[] =>
  first === 'where'
    ? Object.keys(ownIdeaSchema.shape.where.unwrap().shape)
    : ['op', 'layers', 'name', 'value', 'with', 'optimizer', 'loss', 'type', 'arguments'];

/**
 * The ideas in `.cortex/ideas/` of a study's folder and of those above it up to its repository's
 * root, or the first thing that is wrong with one; `null` where there are none. They are read as
 * text that anybody may have written: names, numbers and prose, no code.
 */
export async function readOwnIdeas(
  folder: string,
): Promise<Result<readonly OwnIdea[], CortexError> | null> {
  try {
    const paths = (await Promise.all((await foldersFrom(folder)).map(ideaFiles))).flat();
    return paths.length === 0 ? null : ok(await read(paths));
  } catch (error) {
    if (!(error instanceof CortexError) || error.kind !== 'input') throw error;
    return refuse(error);
  }
}

async function read(paths: readonly string[]): Promise<readonly OwnIdea[]> {
  if (paths.length > MOST_FILES) throw tooManyIdeas(paths.length, MOST_FILES);
  const ideas: OwnIdea[] = [];
  const taken = new Set(OPERATORS.map(({ name }) => name));
  for (const path of paths) {
    const idea = parseJson(await readSource(path), path, KIND);
    if (taken.has(idea.name)) throw ideaNameTaken(path, idea.name);
    taken.add(idea.name);
    ideas.push(idea);
  }
  return ideas;
}

/** The folder itself, and those above it where a repository begins at one of them. */
async function foldersFrom(folder: string): Promise<readonly string[]> {
  const folders = [folder];
  for (let level = 0; level < LEVELS_UP; level += 1) {
    const last = folders.at(-1) ?? folder;
    if (await statOrNull(join(last, '.git'))) return folders;
    if (dirname(last) === last) break;
    folders.push(dirname(last));
  }
  return [folder];
}

async function ideaFiles(folder: string): Promise<readonly string[]> {
  const place = join(folder, IDEAS);
  if (!(await statOrNull(place))?.isDirectory()) return [];
  const names = await readdir(place).catch((error: unknown) => {
    throw fileAccessError(place, 'read', error);
  });
  return names
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => join(place, name));
}
