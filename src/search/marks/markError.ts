import { CortexError } from '../../util/errors.ts';

/** A mark that cannot be used: what is wrong with it, at which line (1-based). */
export const markError = (line: number, wrong: string): CortexError =>
  new CortexError({
    code: 'search-mark-unusable',
    kind: 'input',
    happened: `Line ${line}: ${wrong}`,
    expected:
      'a comment such as `cortex: 16..256 log`, `cortex: units 8..64` or `cortex: relu | elu` ' +
      'beside the number or word that it is about (docs/search.md).',
    remedy: 'Correct the comment, or take it out.',
    line,
  });
