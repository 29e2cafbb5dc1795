import { GitAttemptStore } from '../../src/adapters/git/gitAttemptStore.ts';
import { TreeSitterSyntax } from '../../src/adapters/syntax/treeSitterSyntax.ts';
import { wasmPath } from '../unit/syntax/support.ts';

const syntax = new TreeSitterSyntax(wasmPath);

/** A store that reads imports as the product's does. */
export const createStore = (): GitAttemptStore =>
  new GitAttemptStore((path, text) => syntax.importsOf(path, text));
