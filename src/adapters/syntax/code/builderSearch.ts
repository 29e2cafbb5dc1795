import type { Node } from 'web-tree-sitter';
import type { BuilderCode, Span } from './code.ts';
import type { JavaScriptStatements } from './javaScriptStatements.ts';
import { childrenOf, spanOf } from './nodes.ts';

const FUNCTIONS = new Set([
  'arrow_function',
  'function_expression',
  'function_declaration',
  'method_definition',
]);

/** What a CommonJS module assigns its exports to. */
export const EXPORTS = /^(module\.)?exports\b/;

/** Looks for builders in one statement at the top of the file. */
export class BuilderSearch {
  readonly found: { builder: BuilderCode; node: Node }[] = [];
  readonly #names: readonly string[];
  readonly #statements: JavaScriptStatements;
  readonly #topLevel: Span;
  readonly #exported: boolean;

  constructor(names: readonly string[], statements: JavaScriptStatements, top: Node) {
    this.#names = names;
    this.#statements = statements;
    this.#topLevel = spanOf(top);
    this.#exported = top.type === 'export_statement' || top.type === 'expression_statement';
    this.#visit(top);
  }

  #visit(node: Node): void {
    const visit = this.#visitors[node.type];
    if (visit) visit(node);
  }

  #visitChildren(node: Node): void {
    for (const child of childrenOf(node)) this.#visit(child);
  }

  /** `node` is the whole declaration, `name` and `value` its parts. */
  #check(node: Node, name: Node | null, value: Node | null): void {
    if (!name || !value || !FUNCTIONS.has(value.type)) return;
    const text = this.#statements.expressions.textOf(name);
    if (!this.#names.includes(text)) return;
    const kind =
      node.type === 'method_definition'
        ? 'method'
        : value.type === 'arrow_function'
          ? 'arrow'
          : 'function';
    const code = this.#statements.lowerFunction(value);
    this.found.push({
      node,
      builder: {
        name: text,
        kind,
        span: spanOf(node),
        topLevel: this.#topLevel,
        exported: this.#exported,
        function: code,
      },
    });
  }

  #declaration(node: Node): void {
    for (const declarator of childrenOf(node)) {
      this.#check(
        node,
        declarator.childForFieldName('name'),
        declarator.childForFieldName('value'),
      );
    }
  }

  /** `exports.buildModel = …` and `module.exports = { buildModel … }`. */
  #assignment(statement: Node): void {
    const assignment = childrenOf(statement)[0];
    if (assignment?.type !== 'assignment_expression') return;
    const left = assignment.childForFieldName('left');
    const right = assignment.childForFieldName('right');
    if (
      left?.type !== 'member_expression' ||
      !EXPORTS.test(this.#statements.expressions.textOf(left))
    )
      return;
    if (right?.type === 'object' || right?.type === 'class') this.#visitChildren(right);
    else this.#check(statement, left.childForFieldName('property'), right);
  }

  readonly #visitors: Readonly<Record<string, (node: Node) => void>> = {
    export_statement: (node) => this.#visitChildren(node),
    class_declaration: (node) => this.#visitChildren(node),
    abstract_class_declaration: (node) => this.#visitChildren(node),
    class: (node) => this.#visitChildren(node),
    class_body: (node) => this.#visitChildren(node),
    function_declaration: (node) => this.#check(node, node.childForFieldName('name'), node),
    method_definition: (node) => this.#check(node, node.childForFieldName('name'), node),
    public_field_definition: (node) =>
      this.#check(node, node.childForFieldName('name'), node.childForFieldName('value')),
    field_definition: (node) =>
      this.#check(node, node.childForFieldName('property'), node.childForFieldName('value')),
    pair: (node) =>
      this.#check(node, node.childForFieldName('key'), node.childForFieldName('value')),
    object: (node) => this.#visitChildren(node),
    lexical_declaration: (node) => this.#declaration(node),
    variable_declaration: (node) => this.#declaration(node),
    expression_statement: (node) => this.#assignment(node),
  };
}
