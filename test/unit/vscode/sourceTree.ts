import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The syntax tree of one source file; the path is relative to the repository. */
export const treeOf = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);

/** The trees of all TypeScript files in a folder and the folders below. */
export const treesIn = (folder: string): readonly ts.SourceFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => treeOf(join(folder, name)));

/** A node and everything below it, in the order of the text. */
function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => void children.push(child));
  for (const child of children) yield* nodesOf(child);
}

/** The members of an interface: their names, and the type behind each. */
export function membersOf(tree: ts.SourceFile, name: string): ReadonlyMap<string, ts.TypeNode> {
  const declared = tree.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name,
  );
  if (!declared || !ts.isInterfaceDeclaration(declared))
    throw new Error(`${tree.fileName} declares no interface ${name}.`);
  return new Map(
    declared.members.flatMap((member) =>
      ts.isPropertySignature(member) && member.type
        ? [[nameText(member.name), member.type] as const]
        : [],
    ),
  );
}

/** The strings a type is a union of. */
export const literalsOf = (type: ts.Node): readonly string[] =>
  [...nodesOf(type)].filter(ts.isStringLiteral).map(({ text }) => text);

/** What the constants of a file are set to, by name. */
export const constantsOf = (tree: ts.SourceFile): ReadonlyMap<string, ts.Expression> =>
  new Map(
    [...nodesOf(tree)]
      .filter(ts.isVariableDeclaration)
      .flatMap(({ name, initializer }) =>
        initializer ? [[name.getText(), initializer] as const] : [],
      ),
  );

/** A call that is written out: what is called, and each argument that is a string. */
export interface WrittenCall {
  /** `registerTool` of `lm.registerTool(…)`. */
  readonly name: string;
  /** In their places; `null` for everything that is no string. */
  readonly strings: readonly (string | null)[];
}

/** All calls of functions and methods by their name. */
export const callsIn = (trees: readonly ts.SourceFile[]): readonly WrittenCall[] =>
  trees
    .flatMap((tree) => [...nodesOf(tree)])
    .filter(ts.isCallExpression)
    .map(({ expression, arguments: given }) => ({
      name: ts.isPropertyAccessExpression(expression) ? expression.name.text : expression.getText(),
      strings: given.map((argument) => (ts.isStringLiteral(argument) ? argument.text : null)),
    }));

/** The strings that a property of this name is given anywhere. */
export const propertyStrings = (
  trees: readonly ts.SourceFile[],
  property: string,
): readonly string[] =>
  trees
    .flatMap((tree) => [...nodesOf(tree)])
    .filter(ts.isPropertyAssignment)
    .filter(({ name }) => nameText(name) === property)
    .flatMap(({ initializer }) => (ts.isStringLiteral(initializer) ? [initializer.text] : []));

/** The value of a literal: text, number, boolean, list or object of such. */
export function valueOf(node: ts.Expression): unknown {
  if (ts.isStringLiteral(node)) return node.text;
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf);
  if (ts.isObjectLiteralExpression(node))
    return Object.fromEntries(
      node.properties
        .filter(ts.isPropertyAssignment)
        .map(({ name, initializer }) => [nameText(name), valueOf(initializer)]),
    );
  if (node.kind === ts.SyntaxKind.TrueKeyword) return true;
  if (node.kind === ts.SyntaxKind.FalseKeyword) return false;
  throw new Error(`${node.getText()} is no literal.`);
}

const nameText = (name: ts.PropertyName): string =>
  ts.isStringLiteral(name) || ts.isIdentifier(name) ? name.text : name.getText();
