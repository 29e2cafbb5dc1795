import { parse } from 'jsonc-parser';
import * as z from 'zod';

/** A pattern of module paths (`@/*`), and what it stands for, seen from the settings' folder. */
export interface PathAlias {
  readonly pattern: string;
  readonly targets: readonly string[];
}

/** Files in which a project says what its module paths stand for, the most exact first. */
export const ALIAS_FILES: readonly string[] = [
  ...['tsconfig.json', 'tsconfig.app.json', 'tsconfig.base.json', 'jsconfig.json'],
  ...['js', 'ts', 'mjs', 'mts', 'cjs'].map((extension) => `vite.config.${extension}`),
  ...['js', 'ts', 'cjs'].map((extension) => `webpack.config.${extension}`),
  ...['vue.config.js', 'craco.config.js', 'babel.config.js', 'babel.config.json', '.babelrc'],
  'package.json',
];

const settingsSchema = z.object({
  compilerOptions: z.object({
    baseUrl: z.string().optional(),
    paths: z.record(z.string(), z.array(z.string())).optional(),
  }),
});

/** What Vue, Nuxt, Remix and others take `@/` and `~/` for where nothing else is said. */
const USUAL: readonly PathAlias[] = ['@/*', '~/*'].map((pattern) => ({
  pattern,
  targets: ['src/*', 'app/*', '*'],
}));

/** What the settings file `name` with this text says; nothing where it says nothing of it. */
export function aliasesIn(name: string, text: string): readonly PathAlias[] {
  if (name === 'package.json') return USUAL;
  return /^[tj]sconfig/.test(name) ? compilerPaths(text) : bundlerAliases(text);
}

function compilerPaths(text: string): readonly PathAlias[] {
  const settings = settingsSchema.safeParse(parse(text, [], { allowTrailingComma: true }));
  if (!settings.success) return [];
  const { baseUrl, paths = {} } = settings.data.compilerOptions;
  const from = (target: string): string => `${baseUrl ?? '.'}/${target}`;
  const named = Object.entries(paths).map(([pattern, targets]) => ({
    pattern,
    targets: targets.map(from),
  }));
  return baseUrl === undefined ? named : [...named, { pattern: '*', targets: [from('*')] }];
}

/** `'@': path.resolve(__dirname, 'src')`, `'@': './src'`, `'@': new URL('./src', …)`. */
const BUNDLER =
  /["']?([@~#$\w][\w@~$/-]*)["']?\s*:\s*(?:[\w.]*(?:resolve|join)\(\s*(?:__dirname|[\w.]*cwd\(\)|import\.meta\.dirname)\s*,\s*|(?:fileURLToPath\(\s*)?new URL\(\s*)?["'](\.{0,2}\/?[\w./-]*)["']/g;

function bundlerAliases(text: string): readonly PathAlias[] {
  const start = text.search(/\balias\b/);
  if (start < 0) return [];
  return [...text.slice(start).matchAll(BUNDLER)].flatMap(([, name = '', target = '']) => [
    { pattern: name, targets: [target.replace(/^\//, '')] },
    { pattern: `${name}/*`, targets: [`${target.replace(/^\/|\/$/g, '')}/*`] },
  ]);
}

/** What a module path may stand for, seen from the settings' folder; the longest pattern first. */
export function unaliased(specifier: string, aliases: readonly PathAlias[]): readonly string[] {
  return aliases
    .toSorted((a, b) => b.pattern.length - a.pattern.length)
    .flatMap(({ pattern, targets }) => {
      const rest = restOf(specifier, pattern);
      return rest === null ? [] : targets.map((target) => target.replace('*', () => rest));
    });
}

/** What stands in the place of the pattern's `*`; `null` where the pattern is another. */
function restOf(specifier: string, pattern: string): string | null {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return specifier === pattern ? '' : null;
  const fits =
    specifier.length >= before.length + after.length &&
    specifier.startsWith(before) &&
    specifier.endsWith(after);
  return fits ? specifier.slice(before.length, specifier.length - after.length) : null;
}
