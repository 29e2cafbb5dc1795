import { FileType, Uri, workspace, type LogOutputChannel } from 'vscode';
import type { Study } from '../../../study/study.ts';
import type { EngineHost } from '../engineHost.ts';
import { asCortexError } from '../errors.ts';

/**
 * The studies that were fetched into the repositories of the workspace's folders and belong into
 * one of them. A folder that has no repository has none.
 */
export async function findFetchedStudies(
  engine: EngineHost,
  log: LogOutputChannel,
): Promise<readonly Study[]> {
  const fetchedInto = async (folder: string): Promise<readonly Study[]> => {
    try {
      return await (await engine.get()).fetchedStudies(folder);
    } catch (thrown) {
      const error = asCortexError(thrown);
      log.info(`${folder}: [${error.code}] ${error.message}`);
      return [];
    }
  };
  const found = await Promise.all(
    (workspace.workspaceFolders ?? []).map(({ uri }) => fetchedInto(uri.fsPath)),
  );
  return found
    .flat()
    .filter(({ modelPath }) => workspace.getWorkspaceFolder(Uri.file(modelPath)) !== undefined);
}

/** A file is there. */
export const isFile = async (path: string): Promise<boolean> =>
  workspace.fs.stat(Uri.file(path)).then(
    ({ type }) => (type & FileType.File) !== 0,
    () => false,
  );
