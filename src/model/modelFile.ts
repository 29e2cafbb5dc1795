/**
 * The languages of model files. `tsx` needs its own grammar; `other` is any that Cortex cannot
 * read: a marked region says what may change.
 */
export const LANGUAGES = ['typescript', 'tsx', 'javascript', 'python', 'other'] as const;

export type Language = (typeof LANGUAGES)[number];

/** Those that a builder is read in. */
export type ReadLanguage = Exclude<Language, 'other'>;

/**
 * A source file that holds a `build_model` / `buildModel` builder, or a marked region. `text` is
 * exact: BOM, line ends and final newline included; of a notebook it is the code of its cells.
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

const LANGUAGE_OF_EXTENSION: Readonly<Record<string, ReadLanguage>> = {
  '.ts': 'typescript',
  '.mts': 'typescript',
  '.cts': 'typescript',
  '.tsx': 'tsx',
  '.js': 'javascript',
  '.mjs': 'javascript',
  '.cjs': 'javascript',
  '.jsx': 'tsx',
  '.py': 'python',
  '.ipynb': 'python',
};

/** The language of a path by its extension; `null` when Cortex cannot read it. */
export function languageOf(path: string): ReadLanguage | null {
  const extension = /\.[^./\\]+$/.exec(path)?.[0]?.toLowerCase() ?? '';
  return LANGUAGE_OF_EXTENSION[extension] ?? null;
}

/** The language of a file that is a study's model. */
export const languageOfModel = (path: string): Language => languageOf(path) ?? 'other';
