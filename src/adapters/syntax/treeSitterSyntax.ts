import type { Node, Tree, TreeCursor } from 'web-tree-sitter';
import type { CortexError } from '../../util/errors.ts';
import type { Architecture, SourceRange } from '../../model/architecture.ts';
import type { ArchitectureEdit } from '../../model/edits.ts';
import { BUILDER_NAMES, languageOf } from '../../model/modelFile.ts';
import type { BuilderChoice, Language, ReadLanguage } from '../../model/modelFile.ts';
import { markedRegion, REGION_ALONE, regionArchitecture } from '../../model/markedRegion.ts';
import type { ModelSyntax } from '../../ports/modelSyntax.ts';
import { ok, refuse } from '../../util/result.ts';
import type { Result } from '../../util/result.ts';
import { codeForm } from './codeForm.ts';
import { lowerJavaScript } from './code/javaScriptModule.ts';
import {
  cannotEditError,
  modelSyntaxError,
  modelTooDeepError,
  noRegionError,
  SYNTAX_ERROR,
} from './errors.ts';
import { Grammars } from './grammars.ts';
import { importsIn } from './imports.ts';
import { lowerPythonModule } from './python/code/lowerPython.ts';
import { readPython } from './python/read/readPython.ts';
import type { PythonReading } from './python/read/reading.ts';
import { writePython } from './python/write/writePython.ts';
import { chooseBuilder } from './read/chooseBuilder.ts';
import { readArchitecture } from './read/readArchitecture.ts';
import type { Reading } from './read/reading.ts';
import { runnableText } from './runnable/runnable.ts';
import { writeEdits } from './write/writeEdits.ts';

/** Reads and writes builders with tree-sitter. `wasmPath` says where a `.wasm` file lies. */
export class TreeSitterSyntax implements ModelSyntax {
  readonly #grammars: Grammars;
  readonly #builderNames: readonly string[];

  constructor(wasmPath: (fileName: string) => string, furtherBuilderNames: readonly string[] = []) {
    this.#grammars = new Grammars(wasmPath);
    this.#builderNames = [...BUILDER_NAMES, ...furtherBuilderNames];
  }

  async load(language: Language): Promise<void> {
    if (language !== 'other') await this.#grammars.load(language);
  }

  read(
    text: string,
    language: Language,
    choice: BuilderChoice = {},
  ): Result<Architecture, CortexError> {
    const region = markedRegion(text);
    const read = this.#readBuilder(text, language, choice);
    const isBroken = !read.ok && read.error.code === SYNTAX_ERROR;
    if (!region || isBroken) return read;
    if (read.ok && isWithin(read.value.builder.range, region)) return read;
    return ok(regionArchitecture(text, region, { language, choice }));
  }

  isSameCode(one: string, other: string, language: Language): boolean {
    if (one === other || language === 'other') return one === other;
    return this.#codeForm(one, language) === this.#codeForm(other, language);
  }

  runnable(text: string, language: Language, choice: BuilderChoice): string | null {
    if (language === 'python' || language === 'other') return text;
    const reading = this.#read(text, language, choice);
    return reading.ok ? runnableText(reading.value, choice) : text;
  }

  write(
    text: string,
    architecture: Architecture,
    edits: readonly ArchitectureEdit[],
  ): Result<string, CortexError> {
    const { language, choice = {}, builder } = architecture;
    if (language === 'other' || builder.kind === 'region')
      return refuse(cannotEditError(REGION_ALONE));
    if (language === 'python')
      return writePython(text, edits, (changed) => this.#readPython(changed, choice));
    return writeEdits(text, edits, (changed) => this.#read(changed, language, choice));
  }

  /** The files beside a source that it imports, by paths as `importsIn` gives them. */
  async importsOf(path: string, text: string): Promise<readonly string[]> {
    const language = languageOf(path);
    if (language === null) return [];
    await this.load(language);
    const tree = this.#grammars.parse(text, language);
    try {
      return importsIn(tree.rootNode, language);
    } finally {
      tree.delete();
    }
  }

  #readBuilder(
    text: string,
    language: Language,
    choice: BuilderChoice,
  ): Result<Architecture, CortexError> {
    if (language === 'other') return refuse(noRegionError());
    const reading =
      language === 'python' ? this.#readPython(text, choice) : this.#read(text, language, choice);
    return reading.ok ? ok(reading.value.architecture) : reading;
  }

  #codeForm(text: string, language: ReadLanguage): string {
    const tree = this.#grammars.parse(text, language);
    try {
      return codeForm(tree);
    } finally {
      tree.delete();
    }
  }

  #readPython(text: string, choice: BuilderChoice): Result<PythonReading, CortexError> {
    return this.#parsed(text, 'python', (root) =>
      readPython(lowerPythonModule(root, text), this.#builderNames, choice),
    );
  }

  #read(text: string, language: ReadLanguage, choice: BuilderChoice): Result<Reading, CortexError> {
    return this.#parsed(text, language, (root) => {
      const source = { text, language, builderNames: this.#builderNames };
      const module = lowerJavaScript(root, source);
      const builder = chooseBuilder(module, this.#builderNames, choice);
      return builder.ok ? ok(readArchitecture(module, builder.value, choice)) : builder;
    });
  }

  /** What `read` makes of a text without syntax errors, before its tree is freed. */
  #parsed<T>(
    text: string,
    language: ReadLanguage,
    read: (root: Node) => Result<T, CortexError>,
  ): Result<T, CortexError> {
    const tree = this.#grammars.parse(text, language);
    try {
      if (isDeeperThan(DEEPEST_SOURCE, tree)) return refuse(modelTooDeepError(DEEPEST_SOURCE));
      const root = tree.rootNode;
      return root.hasError ? refuse(syntaxErrorIn(root, text)) : read(root);
    } finally {
      tree.delete();
    }
  }
}

const isWithin = (inner: SourceRange, outer: SourceRange): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;

/** Levels of the syntax tree; code of people's has some dozens. */
const DEEPEST_SOURCE = 400;

/** Walks with a cursor: looking at a tree must not need the stack that reading it would. */
function isDeeperThan(levels: number, tree: Tree): boolean {
  const cursor = tree.walk();
  try {
    do if (cursor.currentDepth > levels) return true;
    while (stepOn(cursor));
    return false;
  } finally {
    cursor.delete();
  }
}

/** To the next node, parents before children; `false` behind the last one. */
function stepOn(cursor: TreeCursor): boolean {
  if (cursor.gotoFirstChild()) return true;
  while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return false;
  return true;
}

function syntaxErrorIn(root: Node, text: string): CortexError {
  const node = firstError(root) ?? root;
  const near = text.slice(node.startIndex, node.startIndex + 40).split(/\r?\n/)[0] ?? '';
  return modelSyntaxError(
    node.startPosition.row + 1,
    near.trim() || 'the end of the line',
    node.isMissing ? node.type : null,
  );
}

/** The innermost error or missing token that comes first. */
function firstError(node: Node): Node | null {
  for (const child of node.children) {
    if (child.isMissing) return child;
    if (child.hasError) return firstError(child) ?? child;
  }
  return node.isError ? node : null;
}
