import { CortexError } from '../../../util/errors.ts';

const inputError = (
  code: string,
  parts: {
    readonly happened: string;
    readonly expected: string;
    readonly remedy: string;
    readonly cause?: unknown;
  },
): CortexError => new CortexError({ code, kind: 'input', ...parts });

/** Data that are not there. */
export const newDataMissing = (path: string, cause: unknown): CortexError =>
  inputError('new-data-missing', {
    happened: `There is no file or folder ${path}.`,
    expected: 'a CSV table, a folder with a folder of images for each class, or a text file.',
    remedy: 'Check the spelling and the folder you are in.',
    cause,
  });

/** A file with nothing in it. */
export const newDataEmpty = (path: string): CortexError =>
  inputError('new-data-empty', {
    happened: `${path} holds nothing.`,
    expected: 'a heading and rows, or a text.',
    remedy: 'Check whether the export that wrote it has ended well.',
  });

/** A file of a kind nothing is made of. */
export const newDataUnknown = (path: string, what: string): CortexError =>
  inputError('new-data-unknown', {
    happened: `${path} ${what}.`,
    expected:
      'a table as text (CSV, TSV, with any separator), a text, or a folder with a folder of ' +
      'PNG or JPEG images for each class.',
    remedy:
      'Export it as CSV; Parquet, JSON lines and NPZ may stand under "data" in a cortex.json of ' +
      'your own (docs/models.md).',
  });

/** Bytes that are no text in the encoding they are read with. */
export const newDataEncoding = (path: string, encoding: string, cause: unknown): CortexError =>
  inputError('new-data-encoding', {
    happened: `${path} is not written in ${encoding.toUpperCase()}.`,
    expected: 'a text in UTF-8 or UTF-16, or a word on its encoding.',
    remedy:
      'Name the encoding (--encoding windows-1252 for most older exports), or convert it: ' +
      'iconv -f WINDOWS-1252 -t UTF-8 old.csv > new.csv',
    cause,
  });

/** A name of an encoding that nobody knows. */
export const newEncodingUnknown = (encoding: string, cause: unknown): CortexError =>
  inputError('new-encoding-unknown', {
    happened: `There is no encoding called "${encoding}".`,
    expected: 'a name such as utf-8, utf-16le, windows-1252, iso-8859-2, shift_jis.',
    remedy: 'Check its spelling.',
    cause,
  });

/** The thread that looks at data has ended without an answer. */
export const surveyFailed = (path: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'new-survey-failed',
    kind: 'defect',
    happened: `${path} could not be looked at.`,
    expected: 'what it holds.',
    remedy: 'The log has the details, please report them.',
    cause,
  });
