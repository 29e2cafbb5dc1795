// Its own bundle: the TypeScript compiler takes a quarter of a second to load, so only files that
// need it pay for it.
import { dirname } from 'node:path';
import ts from 'typescript';

/**
 * One file as JavaScript, or the first syntax error (1-based line). `map` is a source map as JSON,
 * `null` where the lines are the same.
 */
export type Transpiled =
  | {
      readonly kind: 'code';
      readonly code: string;
      readonly map: string | null;
      readonly format: 'commonjs' | 'module';
    }
  | { readonly kind: 'syntax-error'; readonly message: string; readonly line: number };

/**
 * Turns one TypeScript (or JSX) file into JavaScript as `tsc` would. CommonJS unless the file needs
 * to be an ES module: it forgives what only `tsc` knows to be a type (`export { T } from …`) and
 * allows `require`, `export =` and `__dirname`.
 */
export function transpile(text: string, path: string): Transpiled {
  const format = mustBeModule(text, path) ? 'module' : 'commonjs';
  const result = ts.transpileModule(text, {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: optionsFor(path, format),
  });
  const problem = result.diagnostics?.find(
    (diagnostic) => diagnostic.category === ts.DiagnosticCategory.Error && isSyntax(diagnostic),
  );
  if (problem) return syntaxError(problem);
  return { kind: 'code', code: result.outputText, map: result.sourceMapText ?? '', format };
}

/**
 * Codes 1000–1999 are the parser's own; the rest are rules about how files go together, which do
 * not matter to a single one.
 */
const isSyntax = (diagnostic: ts.Diagnostic): boolean =>
  diagnostic.code >= 1000 && diagnostic.code < 1300 && !RULES_OF_ISOLATION.has(diagnostic.code);

const RULES_OF_ISOLATION = new Set([
  1202, 1203, 1205, 1208, 1218, 1219, 1238, 1239, 1240, 1241, 1286, 1287, 1293, 1295,
]);

function syntaxError(problem: ts.Diagnostic): Transpiled {
  const line =
    problem.file && problem.start !== undefined
      ? problem.file.getLineAndCharacterOfPosition(problem.start).line + 1
      : 1;
  return {
    kind: 'syntax-error',
    message: ts.flattenDiagnosticMessageText(problem.messageText, ' '),
    line,
  };
}

function optionsFor(path: string, format: 'commonjs' | 'module'): ts.CompilerOptions {
  return {
    ...ownOptions(path),
    // No page is drawn here: markup only has to load, with nothing more imported for it.
    jsx: ts.JsxEmit.React,
    target: ts.ScriptTarget.ES2023,
    module: format === 'module' ? ts.ModuleKind.Preserve : ts.ModuleKind.CommonJS,
    esModuleInterop: true,
    sourceMap: true,
    verbatimModuleSyntax: false,
  };
}

/** The options of the nearest `tsconfig.json` that change what the code means. */
function ownOptions(path: string): ts.CompilerOptions {
  const file = ts.findConfigFile(dirname(path), ts.sys.fileExists);
  if (!file) return {};
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as {
    config?: { compilerOptions?: Record<string, unknown> };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    config?.compilerOptions ?? {},
    dirname(file),
  );
  const kept: ts.CompilerOptions = {};
  for (const key of [
    'experimentalDecorators',
    'emitDecoratorMetadata',
    'useDefineForClassFields',
  ] as const) {
    if (options[key] !== undefined) Object.assign(kept, { [key]: options[key] });
  }
  return kept;
}

function mustBeModule(text: string, path: string): boolean {
  if (/\.mts$/i.test(path)) return true;
  if (/\.cts$/i.test(path) || !/\bawait\b|\bimport\.meta\b/.test(text)) return false;
  return needsModule(ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true));
}

function needsModule(node: ts.Node): boolean {
  if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return true;
  if (isTopLevelAwait(node)) return true;
  return ts.forEachChild(node, (child) => needsModule(child) || undefined) ?? false;
}

function isTopLevelAwait(node: ts.Node): boolean {
  if (!ts.isAwaitExpression(node) && !(ts.isForOfStatement(node) && node.awaitModifier))
    return false;
  return ts.findAncestor(node, ts.isFunctionLike) === undefined;
}
