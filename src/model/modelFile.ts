/** The languages a builder can be written in. `tsx` needs its own grammar. */
export const LANGUAGES = ['typescript', 'tsx', 'javascript', 'python'] as const;

export type Language = (typeof LANGUAGES)[number];

/**
 * A source file that holds a `build_model` / `buildModel` builder. `text` is exact: BOM, line ends
 * and final newline included.
 */
export interface ModelFile {
  /** Absolute path. */
  readonly path: string;
  readonly language: Language;
  readonly text: string;
}

/** What `cortex.json` says of how a file's builder is found and called. */
export interface BuilderChoice {
  /** Its name, or `Class.method`, where the file has several. */
  readonly builder?: string | undefined;
  /** What it is called with: by name, or in order. */
  readonly arguments?: { readonly [name: string]: unknown } | readonly unknown[] | undefined;
}

/** The export of a runnable text that calls its builder. */
export const RUNNABLE_BUILDER = 'cortexBuilder';

/** The export of a runnable text that compiles a model as its file does elsewhere. */
export const RUNNABLE_COMPILE = 'cortexCompile';

/** The names a builder may have; the setting `cortex.builderNames` adds to them. */
export const BUILDER_NAMES = ['build_model', 'buildModel'] as const;

const LANGUAGE_OF_EXTENSION: Readonly<Record<string, Language>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'tsx',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'tsx',
  '.py': 'python',
};

/** The language of a path by its extension; `null` when Cortex cannot read it. */
export function languageOf(path: string): Language | null {
  const extension = /\.[^./\\]+$/.exec(path)?.[0]?.toLowerCase() ?? '';
  return LANGUAGE_OF_EXTENSION[extension] ?? null;
}
