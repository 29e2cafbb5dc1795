import type { Node } from 'web-tree-sitter';
import type { Language } from '../../../model/modelFile.ts';
import type { CallExpression } from './code.ts';
import type { BuilderCode, CompileElsewhere, Mention, ModuleCode } from './moduleCode.ts';
import { BuilderSearch } from './builderSearch.ts';
import type { Found } from './builderSearch.ts';
import { JavaScriptStatements } from './javaScriptStatements.ts';
import { constantAround } from './localConstants.ts';
import { childrenOf, spanOf } from './nodes.ts';
import { topStatement } from './topStatements.ts';

/** The source of a JavaScript or TypeScript file and the names its builder may have. */
interface Source {
  readonly text: string;
  readonly language: Language;
  readonly builderNames: readonly string[];
}

/** Lowers a JavaScript or TypeScript file. */
export function lowerJavaScript(root: Node, source: Source): ModuleCode {
  const statements = new JavaScriptStatements(source.text);
  const top = childrenOf(root).filter(({ type }) => type !== 'hash_bang_line');
  const aliases = aliasesIn(top, source.text);
  const exported = exportedNames(top, source.text);
  const names = withAliases(source.builderNames, aliases);
  const search = new BuilderSearch(names, statements);
  const found = search.in(root);
  return {
    language: source.language,
    text: source.text,
    statements: top.flatMap((node) => statements.lower(node)),
    builders: found.map(({ builder }) => ({
      ...builder,
      exported: builder.exported || exported.has(builder.owner?.name ?? builder.name),
    })),
    mentions: mentionsIn(root, source.text).filter(({ span }) => isInside(found, span)),
    comments: root.descendantsOfType('comment').map(spanOf),
    top: top.map((node) => topStatement(node, source.text)),
    compiles: compilesIn(root, { statements, found }),
    calls: callsOf(root, { statements, found }),
  };
}

const EXPORTS = /^(module\.)?exports\b/;

/** Names in `export { … }` and `module.exports = { … }`. */
function exportedNames(top: readonly Node[], text: string): ReadonlySet<string> {
  const lists = top.filter((node) =>
    node.type === 'export_statement'
      ? node.childForFieldName('declaration') === null
      : EXPORTS.test(text.slice(node.startIndex, node.startIndex + 16)),
  );
  return new Set(lists.flatMap((node) => mentionsIn(node, text).map(({ name }) => name)));
}

/** `export { createModel as buildModel }`, `module.exports = { buildModel: createModel }`. */
function aliasesIn(top: readonly Node[], text: string): ReadonlyMap<string, string> {
  const textOf = (node: Node | null): string =>
    node ? text.slice(node.startIndex, node.endIndex) : '';
  const pairs = top.flatMap((node) => {
    const specifiers = node.descendantsOfType('export_specifier');
    const entries = EXPORTS.test(textOf(node)) ? node.descendantsOfType('pair') : [];
    return [
      ...specifiers.map((one) => [one.childForFieldName('alias'), one.childForFieldName('name')]),
      ...entries.map((one) => [one.childForFieldName('key'), one.childForFieldName('value')]),
    ];
  });
  return new Map(
    pairs.flatMap(([alias = null, name = null]) =>
      alias && name?.type === 'identifier' ? [[textOf(name), textOf(alias)] as const] : [],
    ),
  );
}

/** Names of functions that others know by a builder's name. */
const withAliases = (names: readonly string[], aliases: ReadonlyMap<string, string>): string[] => [
  ...names,
  ...[...aliases].flatMap(([name, alias]) => (names.includes(alias) ? [name] : [])),
];

function mentionsIn(node: Node, text: string): Mention[] {
  const nodes = node.descendantsOfType(['identifier', 'shorthand_property_identifier']);
  return nodes.map((found) => ({
    name: text.slice(found.startIndex, found.endIndex),
    span: spanOf(found),
    shorthand: found.type === 'shorthand_property_identifier',
  }));
}

interface Place {
  readonly statements: JavaScriptStatements;
  readonly found: readonly Found[];
}

/** `x.compile({ … })` wherever it stands. */
function compilesIn(root: Node, { statements }: Place): CompileElsewhere[] {
  return root.descendantsOfType('call_expression').flatMap((node) => {
    const callee = node.childForFieldName('function');
    const property = callee?.childForFieldName('property');
    const config = node.childForFieldName('arguments')?.namedChildren[0];
    if (!property || statements.expressions.textOf(property) !== 'compile') return [];
    if (config?.type !== 'object') return [];
    const call = statements.expressions.lower(node);
    const statement = enclosing(node, /_statement$|_declaration$/) ?? node;
    const around = enclosing(node, FUNCTION);
    if (call.kind !== 'call') return [];
    return [
      {
        call,
        span: spanOf(node),
        statement: { kind: 'expression', span: spanOf(statement), value: call },
        inside: around ? functionName(around, statements) : null,
        locals: new Set(around ? localNames(around, statements) : []),
      },
    ];
  });
}

const FUNCTION = /^(arrow_function|function_expression|function_declaration|method_definition)$/;

/** Names that a function and those around it bind. */
function localNames(node: Node, statements: JavaScriptStatements): string[] {
  const names = node
    .descendantsOfType(['variable_declarator', 'required_parameter', 'optional_parameter'])
    .flatMap((one) => one.childForFieldName('name') ?? one.childForFieldName('pattern') ?? []);
  const parameters = node.childForFieldName('parameters')?.namedChildren ?? [];
  const around = enclosing(node, FUNCTION);
  return [
    ...[...names, ...parameters].flatMap((one) =>
      [one, ...one.descendantsOfType(['identifier', 'shorthand_property_identifier_pattern'])].map(
        (each) => statements.expressions.textOf(each),
      ),
    ),
    'this',
    ...(around ? localNames(around, statements) : []),
  ];
}

function enclosing(node: Node, types: RegExp): Node | null {
  let at = node.parent;
  while (at && !types.test(at.type)) at = at.parent;
  return at;
}

function functionName(node: Node, statements: JavaScriptStatements): string {
  const named = node.childForFieldName('name') ?? node.parent?.childForFieldName('name') ?? null;
  return named ? statements.expressions.textOf(named) : '';
}

/** How the file calls its builders, outside of them. */
function callsOf(root: Node, { statements, found }: Place): ReadonlyMap<string, CallExpression[]> {
  const calls = new Map<string, CallExpression[]>();
  const names = new Set(found.map(({ builder }) => lastName(builder)));
  for (const node of root.descendantsOfType(['call_expression', 'new_expression'])) {
    const callee = node.childForFieldName('function') ?? node.childForFieldName('constructor');
    const name = callee?.childForFieldName('property') ?? callee;
    const text = name ? statements.expressions.textOf(name) : '';
    if (!names.has(text)) continue;
    const call = statements.expressions.lower(node);
    if (call.kind === 'call')
      calls.set(text, [...(calls.get(text) ?? []), withConstants(call, { node, statements })]);
  }
  return calls;
}

/** A call whose arguments mean the same at the top of the file: constants around it by value. */
function withConstants(
  call: CallExpression,
  { node, statements }: { readonly node: Node; readonly statements: JavaScriptStatements },
): CallExpression {
  const { expressions } = statements;
  const given = call.arguments.map((argument) => {
    const { value } = argument;
    const found =
      value.kind === 'name'
        ? constantAround(node, value.name, (one) => expressions.textOf(one))
        : null;
    return found ? { ...argument, span: spanOf(found), value: expressions.lower(found) } : argument;
  });
  return { ...call, arguments: given };
}

const isInside = (found: readonly Found[], { start, end }: Mention['span']): boolean =>
  found.some(({ node }) => node.startIndex <= start && end <= node.endIndex);

const lastName = ({ name, owner }: BuilderCode): string =>
  name === 'constructor' ? (owner?.name ?? name) : name;
