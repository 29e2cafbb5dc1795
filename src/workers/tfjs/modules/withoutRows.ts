import { refuseRows } from '../builder/readGuard.ts';

const KEY = 'cortex.rows';
const CLOSED = `globalThis[Symbol.for(${JSON.stringify(KEY)})]`;

/**
 * Source of a data module that exports all it did, but whose `loadData` refuses whoever calls it;
 * as an ES module it stands before the one at `url`.
 */
export function withoutRows(
  { source, format }: { readonly source: string; readonly format: 'commonjs' | 'module' },
  url: string,
): string {
  Object.defineProperty(globalThis, Symbol.for(KEY), { value: refuseRows, configurable: true });
  return format === 'commonjs' ? `${source}\n;${ofCommonJs}` : ofModule(JSON.stringify(url));
}

const ofCommonJs =
  'for (const own of [module.exports, module.exports?.default]) if (typeof own?.loadData === ' +
  `'function') own.loadData = ${CLOSED};`;

const ofModule = (from: string): string => `import * as own from ${from};
export * from ${from};
export const loadData = ${CLOSED};
export default typeof own.default?.loadData === 'function'
  ? { ...own.default, loadData }
  : own.default;
`;
