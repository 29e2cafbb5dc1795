import { dirname } from 'node:path';
import { parseCommitMessage } from '../../record/parseCommitMessage.ts';
import type { Study } from '../../study/study.ts';
import { git } from './git.ts';
import { insideRepository } from './insideRepository.ts';
import { readRecords } from './readRecords.ts';
import { findRepository, nearestPlace } from './repository.ts';

/** Two levels of names: a remote, and a study. */
const PATTERN = 'refs/remotes/*/cortex/**';
const REF = /^refs\/remotes\/(?<remote>[^/]+)\/cortex\/(?<name>.+)$/;

/**
 * The studies that were fetched into the repository of `path` from its remotes, as their newest
 * attempts tell of them: nothing else has to be here, not even the model file. A branch whose
 * newest record cannot be read, or names a file outside the repository, is left out.
 */
export async function fetchedStudies(path: string): Promise<readonly Study[]> {
  const { root } = await findRepository(await nearestPlace(path));
  const output = await git(root, [
    'for-each-ref',
    '--format=%(refname)%00%(objectname)%00%(contents)%00',
    PATTERN,
  ]);
  const fields = output.split('\0');
  const tips = fields.flatMap((_, index) =>
    index % 3 === 0 ? tipIn(fields.slice(index, index + 3)) : [],
  );
  if (tips.length === 0) return [];
  const records = await readRecords(
    root,
    tips.map(({ summary }) => summary),
  );
  const found = tips.map(async ({ remote, name, model, summary }) => {
    const config = records.get(summary.id)?.config;
    const modelPath = await insideRepository(root, model);
    return config && modelPath !== null
      ? [{ name, remote, modelPath, folder: dirname(modelPath), logPath: null, config }]
      : [];
  });
  return (await Promise.all(found)).flat();
}

function tipIn([ref = '', commit = '', message = '']: readonly string[]) {
  const { remote, name } = REF.exec(ref.trim())?.groups ?? {};
  const parsed = parseCommitMessage(message);
  return remote && name && parsed
    ? [{ remote, name, model: parsed.model, summary: { ...parsed.summary, commit } }]
    : [];
}
