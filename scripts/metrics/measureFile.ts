import ts from 'typescript';

/** How long a line may be, in columns. */
const WIDTH = 100;

/** One source file in numbers. */
export interface FileMeasure {
  readonly path: string;
  readonly lines: number;
  /** Lines of each function with a body, from its first word to its closing brace. */
  readonly functions: readonly FunctionMeasure[];
  /** Numbers of the lines over `WIDTH` columns; addresses and regular expressions may be longer. */
  readonly wide: readonly number[];
}

/** One function in numbers. */
export interface FunctionMeasure {
  /** Where it begins, from 1. */
  readonly line: number;
  readonly lines: number;
}

/** Measures one TypeScript file by its syntax tree. */
export function measureFile(path: string, text: string): FileMeasure {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines = text.replace(/\n$/, '').split('\n');
  const functions: FunctionMeasure[] = [];
  const excepted = new Set<number>();
  const visit = (node: ts.Node): void => {
    const [first, last] = linesOf(node, tree);
    if (ts.isFunctionLike(node) && 'body' in node && node.body)
      functions.push({ line: first, lines: last - first + 1 });
    if (mayBeLong(node)) for (let line = first; line <= last; line += 1) excepted.add(line);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  const wide = lines.flatMap((line, index) =>
    line.length > WIDTH && !excepted.has(index + 1) && !line.includes('://') ? [index + 1] : [],
  );
  return { path, lines: lines.length, functions, wide };
}

/** A regular expression, or the raw text of one. */
const mayBeLong = (node: ts.Node): boolean =>
  node.kind === ts.SyntaxKind.RegularExpressionLiteral ||
  (ts.isTaggedTemplateExpression(node) && node.tag.getText() === 'String.raw');

function linesOf(node: ts.Node, tree: ts.SourceFile): [first: number, last: number] {
  const lineAt = (place: number): number => tree.getLineAndCharacterOfPosition(place).line + 1;
  return [lineAt(node.getStart(tree)), lineAt(node.end)];
}
