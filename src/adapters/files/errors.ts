import { CortexError } from '../../util/errors.ts';

/** The size above which a file is no model file, in bytes. */
export const LARGEST_MODEL = 2 * 1024 * 1024;

/** A path that names nothing. */
export const missingPathError = (path: string, cause?: unknown): CortexError =>
  new CortexError({
    code: 'model-missing',
    kind: 'input',
    happened: `There is no file or folder ${path}.`,
    expected: 'a model file, a cortex.json, or a folder that holds one.',
    remedy: 'Check the spelling and the folder you are in.',
    cause,
  });

/** A file in no language Cortex reads. */
export const unknownLanguageError = (path: string): CortexError =>
  new CortexError({
    code: 'model-unknown-language',
    kind: 'input',
    happened: `${path} is in no language Cortex reads.`,
    expected:
      'a TypeScript, JavaScript or Python file with a builder, or a file of any language with a ' +
      'region marked by the comments "cortex: begin" and "cortex: end".',
    remedy: /\.(html?|vue|svelte|astro)$/i.test(path)
      ? 'Move the script that makes the model into a .js or .ts file, let the page import it, ' +
        'and name that file.'
      : 'Name the model file itself.',
  });

/** A file called .ipynb that holds no cells. */
export const notANotebookError = (path: string): CortexError =>
  new CortexError({
    code: 'model-no-notebook',
    kind: 'input',
    happened: `${path} is no Jupyter notebook.`,
    expected: 'JSON with a list of cells.',
    remedy: 'Name the notebook or the script that builds the model.',
  });

/** A folder without a model file. */
export const noModelError = (folder: string): CortexError =>
  new CortexError({
    code: 'model-not-found',
    kind: 'input',
    happened: `No model file was found in ${folder}.`,
    expected:
      'a TypeScript, JavaScript or Python file with a builder named build_model or buildModel.',
    remedy: 'Name the model file itself, or as "model" in a cortex.json in that folder.',
  });

/** A folder with more than one model file and no word on which is meant. */
export const severalModelsError = (folder: string, names: readonly string[]): CortexError =>
  new CortexError({
    code: 'model-ambiguous',
    kind: 'input',
    happened: `${folder} holds ${names.length} model files: ${names.join(', ')}.`,
    expected: 'one, or a word on which is meant.',
    remedy: 'Name the model file itself, or as "model" in a cortex.json in that folder.',
  });

/** The path of the model is a folder. */
export const modelIsFolderError = (path: string): CortexError =>
  new CortexError({
    code: 'model-is-folder',
    kind: 'input',
    happened: `The model file ${path} is a folder.`,
    expected: 'a source file with a builder.',
    remedy: 'Correct "model" in cortex.json.',
  });

/** A file too large to be source somebody wrote. */
export const modelTooLargeError = (path: string, bytes: number): CortexError =>
  new CortexError({
    code: 'model-too-large',
    kind: 'input',
    happened: `${path} has ${(bytes / 1024 / 1024).toFixed(1)} MB.`,
    expected: `a source file of at most ${LARGEST_MODEL / 1024 / 1024} MB.`,
    remedy: 'Move what is not the builder (weights, data) into files of their own.',
  });

/** A source file that is not UTF-8: it could not be written back without loss. */
export const modelNotTextError = (path: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'model-not-utf8',
    kind: 'input',
    happened: `${path} is not UTF-8 text.`,
    expected: 'a source file in UTF-8.',
    remedy: 'Save it as UTF-8 in your editor.',
    cause,
  });

/** The operating system refused to read or write. */
export const fileAccessError = (
  path: string,
  action: 'read' | 'written',
  cause: unknown,
): CortexError =>
  new CortexError({
    code: action === 'read' ? 'file-not-readable' : 'file-not-writable',
    kind: 'environment',
    happened:
      `${path} cannot be ${action}: ` +
      `${cause instanceof Error ? cause.message : String(cause)}.`,
    expected: `a file that may be ${action}.`,
    remedy: 'Check its permissions and the disk.',
    cause,
  });

/** The study file is not JSON. */
export const configSyntaxError = (
  path: string,
  where: { readonly line: number; readonly column: number },
  what: string,
): CortexError =>
  new CortexError({
    code: 'study-not-json',
    kind: 'input',
    happened: `${path} is not valid JSON: line ${where.line}, column ${where.column}: ${what}.`,
    expected: 'one JSON object, without comments or trailing commas.',
    remedy: 'Correct that line.',
    line: where.line,
    file: path,
  });

/** A key of the study file holds what it may not. */
export const configValueError = (
  path: string,
  problems: { readonly happened: string; readonly expected: string; readonly line: number },
): CortexError =>
  new CortexError({
    code: 'study-wrong-value',
    kind: 'input',
    happened: `${path}: ${problems.happened}`,
    expected: problems.expected,
    remedy: 'Correct it; a "$schema" key makes your editor check this file while you type.',
    line: problems.line,
    file: path,
  });

/** The model file holds something no attempt has kept. */
export const unrecordedModelError = (path: string): CortexError =>
  new CortexError({
    code: 'apply-unrecorded',
    kind: 'input',
    happened: `${path} holds changes that no attempt has recorded; applying would lose them.`,
    expected: 'a model file whose text is that of an attempt.',
    remedy: 'Commit or train it first, or apply again and say that it may be overwritten.',
  });

/** A price table that is missing, no JSON, or of another form. */
export const badPricesError = (path: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'prices-unreadable',
    kind: 'input',
    happened: `The price table ${path} could not be read.`,
    expected:
      'a JSON file like {"my-model": {"input": 0.25, "output": 2}}, in US dollars per ' +
      'million tokens.',
    remedy: 'Check the path and the form of the file.',
    cause,
  });
