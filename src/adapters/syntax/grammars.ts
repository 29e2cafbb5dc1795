import { Language as Grammar, Parser } from 'web-tree-sitter';
import type { Tree } from 'web-tree-sitter';
import type { ReadLanguage } from '../../model/modelFile.ts';
import { grammarMissingError, grammarNotLoadedError } from './errors.ts';

const FILE_OF_LANGUAGE: Readonly<Record<ReadLanguage, string>> = {
  typescript: 'tree-sitter-typescript.wasm',
  tsx: 'tree-sitter-tsx.wasm',
  javascript: 'tree-sitter-javascript.wasm',
  python: 'tree-sitter-python.wasm',
};

/** tree-sitter parsers, one per language, loaded on demand. */
export class Grammars {
  readonly #wasmPath: (fileName: string) => string;
  readonly #parsers = new Map<ReadLanguage, Parser>();
  readonly #loading = new Map<ReadLanguage, Promise<void>>();
  #runtime: Promise<void> | null = null;

  constructor(wasmPath: (fileName: string) => string) {
    this.#wasmPath = wasmPath;
  }

  load(language: ReadLanguage): Promise<void> {
    const loading = this.#loading.get(language) ?? this.#loadOnce(language);
    this.#loading.set(language, loading);
    return loading;
  }

  /** The caller frees the tree with `delete()`. */
  parse(text: string, language: ReadLanguage): Tree {
    const tree = this.#parsers.get(language)?.parse(text);
    if (!tree) throw grammarNotLoadedError(language);
    return tree;
  }

  async #loadOnce(language: ReadLanguage): Promise<void> {
    const file = this.#wasmPath(FILE_OF_LANGUAGE[language]);
    try {
      this.#runtime ??= Parser.init({ locateFile: (name: string) => this.#wasmPath(name) });
      await this.#runtime;
      const grammar = await Grammar.load(file);
      this.#parsers.set(language, new Parser().setLanguage(grammar));
    } catch (error) {
      this.#loading.delete(language);
      this.#runtime = null;
      throw grammarMissingError(file, error);
    }
  }
}
