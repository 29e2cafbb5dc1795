import { CortexError } from '../../util/errors.ts';

const WITHOUT = 'Correct it, or move the file out of .cortex/ideas.';

/** A file of an own idea that is no JSON. */
export const ideaSyntaxError = (
  path: string,
  { line, column }: { readonly line: number; readonly column: number },
  what: string,
): CortexError =>
  new CortexError({
    code: 'idea-not-json',
    kind: 'input',
    happened: `${path} is not valid JSON: line ${line}, column ${column}: ${what}.`,
    expected: 'one JSON object that states an idea, without comments or trailing commas.',
    remedy: WITHOUT,
    line,
    file: path,
  });

/** A key of an own idea that is wrong. */
export const ideaValueError = (
  path: string,
  {
    happened,
    expected,
    line,
  }: { readonly happened: string; readonly expected: string; readonly line: number },
): CortexError =>
  new CortexError({
    code: 'idea-wrong-value',
    kind: 'input',
    happened: `${path}: ${happened}`,
    expected,
    remedy: WITHOUT,
    line,
    file: path,
  });

/** Two files with ideas of one name. */
export const ideaNameTaken = (path: string, name: string): CortexError =>
  new CortexError({
    code: 'idea-name-taken',
    kind: 'input',
    happened: `${path} states an idea called "${name}", and another one is called so already.`,
    expected: 'a name for each idea: what was tried is recorded by it.',
    remedy: 'Give one of them another name.',
    file: path,
  });

/** More files than anybody writes. */
export const tooManyIdeas = (count: number, most: number): CortexError =>
  new CortexError({
    code: 'idea-too-many',
    kind: 'input',
    happened: `There are ${count} files in .cortex/ideas.`,
    expected: `no more than ${most}.`,
    remedy: 'Move those that are not used elsewhere.',
  });
