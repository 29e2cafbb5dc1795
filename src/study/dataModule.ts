/** Names of a data module beside a model file in TypeScript or JavaScript, best first. */
export const DATA_MODULES = ['data.ts', 'data.js', 'data.mjs', 'data.mts', 'data.cjs'] as const;

/** `loadData` among a file's exports, in any of the ways there are. */
const LOADER =
  /(?:^|[;}])\s*export\s+(async\s+)?(function\s*\*?|const|let|var)\s+loadData\b|export\s*(default\s*)?\{[^}]*\bloadData\b|\bexports\b(\.loadData\b|\s*=\s*(\{[^}]*\b)?loadData\b)|\bexports\[|export\s+default\s+[\w$]+\s*;?\s*$|export\s+\*/m;

/** Where it is declared: Cortex calls it with nothing, so one that needs arguments is not its. */
const WITH_ARGUMENTS =
  /(?:function\s+loadData|(?:const|let|var)\s+loadData\s*=\s*(?:async\s*)?(?:function\b\s*\w*)?)\s*\(\s*[\w$]+\s*[,):]/;

/** Whether a file of one of these names is a data module of Cortex's; another is not run. */
export const hasLoader = (text: string): boolean => LOADER.test(text) && !WITH_ARGUMENTS.test(text);
