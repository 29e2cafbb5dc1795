import { compileFunction } from 'node:vm';

/**
 * Node's own test: what does not parse as a function body with CommonJS's names is an ES module (or
 * wrong, and then reported as one).
 */
export function parsesAsCommonJs(text: string): boolean {
  try {
    compileFunction(text.replace(/^#!.*/, ''), [
      'exports',
      'require',
      'module',
      '__filename',
      '__dirname',
    ]);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
