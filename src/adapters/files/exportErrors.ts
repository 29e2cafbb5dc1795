import { CortexError } from '../../util/errors.ts';

/** Something stands where an export is to go. */
export const exportFolderTaken = (folder: string, what: string): CortexError =>
  new CortexError({
    code: 'export-folder-taken',
    kind: 'input',
    happened: `${folder} is ${what}.`,
    expected: 'an empty folder, or one that does not exist yet.',
    remedy: 'Name another with --to; nothing was written.',
  });

/** The disk refuses an export. */
export const exportNotWritten = (folder: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'export-not-written',
    kind: 'environment',
    cause,
    happened:
      `The export could not be written to ${folder}` +
      `${cause instanceof Error ? `: ${cause.message}` : ''}.`,
    expected: 'room on the disk, and the right to write there.',
    remedy: 'Make room, or name another folder with --to.',
  });
