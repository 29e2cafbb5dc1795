import { dirname, join, resolve } from 'node:path';
import { rowsPathOf } from '../../record/fileData.ts';
import type { Footing } from '../../record/training.ts';
import type { Study } from '../../study/study.ts';
import { ALIAS_FILES } from '../../util/pathAliases.ts';
import { filesBelow, type Placed } from './tree.ts';

/** What no trial reads, or nobody may: secrets, git, packages and environments. */
const LEFT_OUT = /^(?:\..*|node_modules|__pycache__|venv|env|.*\.(?:pyc|ckpt|tfevents\..*))$/;

/** A study's files beside its folder, as absolute paths. */
interface Beside {
  /** What its code imports from elsewhere. */
  readonly sources: readonly string[];
  readonly attachedFolder: string;
  readonly footing: Footing;
}

/**
 * The files that a trial of a study may read, each to stand on a node as it stands here: its
 * folder's, what its code imports from elsewhere, data that it names, weights it starts from.
 */
export async function studyFiles(study: Study, beside: Beside): Promise<readonly Placed[]> {
  const { folder, modelPath } = study;
  const own = await filesBelow(folder, (name) => LEFT_OUT.test(name));
  const named = await Promise.all(namedData(study, beside.attachedFolder).map(filesAt));
  const { start = [], teachers } = beside.footing;
  const weights = [...start.map(({ path }) => path), ...(teachers?.paths ?? [])];
  const all = [...own, modelPath, ...settingsAbove(folder), ...beside.sources, ...named.flat()];
  return [...new Set([...all, ...weights])].map(placedAsHere);
}

/** Files of a folder, or the file itself. */
const filesAt = (path: string): Promise<readonly string[]> =>
  filesBelow(path, (name) => LEFT_OUT.test(name)).catch(() => [path]);

const placedAsHere = (from: string): Placed => ({
  path: from.replaceAll('\\', '/').replace(/^\/+/, ''),
  from,
});

const ATTACHED = 'attached:';

/** What the study says its rows stand in, or come from. */
function namedData({ folder, config }: Study, attachedFolder: string): readonly string[] {
  const named = typeof config.data === 'string' ? config.data : rowsPathOf(config);
  if (named === null) return [];
  return named.startsWith(ATTACHED)
    ? [join(attachedFolder, named.slice(ATTACHED.length))]
    : [resolve(folder, named)];
}

/** Where Node and Cortex look for what module paths stand for. */
function settingsAbove(folder: string): readonly string[] {
  const above = dirname(folder);
  const here = ALIAS_FILES.map((name) => join(above, name));
  return above === folder ? [] : [...here, ...settingsAbove(above)];
}
