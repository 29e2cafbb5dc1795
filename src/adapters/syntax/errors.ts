import { CortexError } from '../../util/errors.ts';

/** The code of a text that is not valid in its language. */
export const SYNTAX_ERROR = 'model-syntax-error';

/** The text is not valid in its language. `line` is 1-based. */
export const modelSyntaxError = (line: number, near: string, missing: string | null): CortexError =>
  new CortexError({
    code: SYNTAX_ERROR,
    kind: 'input',
    happened: `The model file has a syntax error in line ${line}, near \`${near}\`.`,
    expected: missing === null ? 'source text that its language accepts.' : `\`${missing}\` there.`,
    remedy: `Correct line ${line} and try again.`,
    line,
  });

/** Reading it would recurse once for each level. */
export const modelTooDeepError = (levels: number): CortexError =>
  new CortexError({
    code: 'model-too-deep',
    kind: 'input',
    happened: `The model file has more than ${levels} levels of nested expressions.`,
    expected: 'source text as people write it.',
    remedy: 'Take the deepest expressions apart, or move them to a file of their own.',
  });

/** A file in a language that is not read, without marks. */
export const noRegionError = (): CortexError =>
  new CortexError({
    code: 'model-no-region',
    kind: 'input',
    happened: 'Nothing in the model file says what of it may change.',
    expected: 'the comments "cortex: begin" and "cortex: end", each on a line of its own.',
    remedy: 'Put them around the part that builds the model.',
  });

/** No function with a builder's name. */
export const noBuilderError = (
  names: readonly string[],
  lines: number,
  why: string | null = null,
): CortexError =>
  new CortexError({
    code: 'model-no-builder',
    kind: 'input',
    happened:
      `No builder was found in the model file (lines 1–${lines} were searched)` +
      (why === null ? '.' : `: ${why}.`),
    expected:
      'an exported function, arrow function or method named ' +
      `${names.map((name) => `\`${name}\``).join(' or ')}.`,
    remedy:
      'Rename the function that builds the model, or name it: "builder" in cortex.json (or ' +
      '--builder in a terminal).',
  });

/** More than one function with a builder's name. Lines are 1-based. */
export const twoBuildersError = (
  builders: readonly { readonly name: string; readonly line: number }[],
): CortexError =>
  new CortexError({
    code: 'model-two-builders',
    kind: 'input',
    happened:
      `The model file has ${builders.length} builders: ` +
      `${builders.map(({ name, line }) => `\`${name}\` in line ${line}`).join(', ')}.`,
    expected: 'to know which one is meant.',
    remedy:
      `Name it in cortex.json: "builder": "${builders[0]?.name ?? 'buildModel'}" (or with ` +
      '--builder in a terminal).',
    line: builders[0]?.line,
    builders,
  });

/** `cortex.json` names a builder that the file does not have. */
export const builderMissingError = (
  wish: string,
  builders: readonly { readonly name: string; readonly line: number }[],
): CortexError =>
  new CortexError({
    code: 'model-no-such-builder',
    kind: 'input',
    happened: `The model file has no builder \`${wish}\`.`,
    expected:
      builders.length === 0
        ? 'a function of that name that returns a model.'
        : `one of ${builders.map(({ name, line }) => `\`${name}\` (line ${line})`).join(', ')}.`,
    remedy: 'Correct "builder" in cortex.json (or --builder).',
  });

/** The source has a form in which an edit cannot be written. */
export const cannotEditError = (reason: string): CortexError =>
  new CortexError({
    code: 'model-cannot-edit',
    kind: 'input',
    happened: `This change cannot be written into the builder: ${reason}.`,
    expected:
      'layers that stand one by one in the builder (a list, `model.add(…)` or `….apply(…)`).',
    remedy: 'Make the change by hand, or write the builder out layer by layer.',
  });

/** `read` or `write` before `load`. */
export const grammarNotLoadedError = (language: string): CortexError =>
  new CortexError({
    code: 'syntax-grammar-not-loaded',
    kind: 'defect',
    happened: `The grammar of ${language} was used before it was loaded.`,
    expected: '`load` to be called once before reading.',
    remedy: 'Report this as a defect of Cortex.',
  });

/** A grammar's `.wasm` file is missing or unreadable. */
export const grammarMissingError = (file: string, cause: unknown): CortexError =>
  new CortexError({
    code: 'syntax-grammar-missing',
    kind: 'environment',
    happened: `The grammar file ${file} could not be loaded.`,
    expected: 'it to lie beside the program.',
    remedy: 'Install Cortex again (`npm ci && npm run build` in a checkout).',
    cause,
  });
