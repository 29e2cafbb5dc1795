import { GitAttemptStore } from '../../src/adapters/git/gitAttemptStore.ts';
import { sourcesOf } from '../../src/adapters/git/neededFiles.ts';
import { TreeSitterSyntax } from '../../src/adapters/syntax/treeSitterSyntax.ts';
import type { Study } from '../../src/study/study.ts';
import { wasmPath } from '../unit/syntax/support.ts';

const syntax = new TreeSitterSyntax(wasmPath);

/** A store that reads imports as the product's does. */
export const createStore = (): GitAttemptStore =>
  new GitAttemptStore((path, text) => syntax.importsOf(path, text));

/** The files of a study's sources, as the product finds them. */
export const sources = (study: Study, text: string | null): Promise<readonly string[]> =>
  sourcesOf(study, text, (path, source) => syntax.importsOf(path, source));
