import { workspace } from 'vscode';
import { fileName } from '../../util/fileName.ts';

/**
 * The folder of a file, from the workspace on; empty for a file that lies on top, whose name says
 * it all.
 */
export const folderOf = (path: string): string =>
  workspace
    .asRelativePath(path)
    .slice(0, -fileName(path).length)
    .replace(/[\\/]$/, '');
