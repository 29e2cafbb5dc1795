import type { Node } from 'web-tree-sitter';
import type { FunctionCode, Statement } from './code.ts';
import type { BuilderCode, BuilderReach } from './moduleCode.ts';
import type { JavaScriptStatements } from './javaScriptStatements.ts';
import { modelMakers } from './modelMakers.ts';
import { childrenOf, spanOf } from './nodes.ts';
import {
  bindingOf,
  nameNode,
  wholeOf,
  isReachable,
  innermost,
  enclosing,
  functionsAround,
  topOf,
} from './enclosing.ts';

/** A function that may be a builder, and its node. */
export interface Found {
  readonly builder: BuilderCode;
  readonly node: Node;
}
const CLASS = /^(class|class_declaration|abstract_class_declaration)$/;
const EXPORTS = /^(module\.)?exports\b/;
const RUNTIME_MODEL = /(^|\.)(Sequential|LayersModel|Model)$/;

/**
 * Looks for functions that have a builder's name, and for those that put a model together, whatever
 * they are called.
 */
export class BuilderSearch {
  readonly #names: readonly string[];
  readonly #statements: JavaScriptStatements;

  constructor(names: readonly string[], statements: JavaScriptStatements) {
    this.#names = names;
    this.#statements = statements;
  }

  in(root: Node): Found[] {
    const makers = modelMakers(root, (node) => this.#textOf(node));
    const functions = root
      .descendantsOfType([
        'arrow_function',
        'function_expression',
        'function_declaration',
        'method_definition',
      ])
      .filter((node) => node.childForFieldName('body') !== null);
    const found = functions.flatMap((node) => this.#candidate(node, makers.has(node.id)));
    const classes = this.#modelClasses(root, found);
    const top = makers.has(root.id) ? [this.#top(root)] : [];
    return [...found, ...classes, ...top];
  }

  #candidate(node: Node, makes: boolean): Found[] {
    const { name, whole } = this.#named(node);
    const known = name !== null && this.#names.includes(name) && isReachable(whole);
    if (!known && !makes) return [];
    const top = topOf(whole);
    const owner = node.type === 'method_definition' ? enclosing(node, CLASS) : null;
    const around = functionsAround(node);
    const builder: BuilderCode = {
      name: name ?? this.#nameAround(node),
      kind: kindOf(node),
      span: spanOf(whole),
      topLevel: spanOf(top),
      exported: this.#isExported(top),
      function: this.#statements.lowerFunction(node),
      reach: this.#reach(node, { whole, name, around }),
      makes,
      known,
      calls: this.#calls(node),
      around: around.map((one) => this.#statements.lowerFunction(one)),
      ...(owner && { owner: this.#statements.lowerClass(owner) }),
    };
    return [{ builder, node: whole }];
  }

  /** The name a function is bound to, and the declaration that binds it. */
  #named(node: Node): { name: string | null; whole: Node } {
    const own = node.childForFieldName('name');
    if (own) return { name: this.#textOf(own), whole: node };
    const binding = bindingOf(node);
    const name = binding && nameNode(binding);
    if (!binding || !name) return { name: this.#isDefault(node) ? 'default' : null, whole: node };
    const property = name.childForFieldName('property') ?? name;
    const text = this.#textOf(property).replaceAll(/^['"]|['"]$/g, '');
    return { name: text, whole: wholeOf(binding) };
  }

  #isDefault(node: Node): boolean {
    return node.parent?.type === 'export_statement';
  }

  #nameAround(node: Node): string {
    const outer = innermost(node);
    if (!outer) return 'model';
    return this.#named(outer).name ?? this.#nameAround(outer);
  }

  #reach(
    node: Node,
    { whole, name, around }: { whole: Node; name: string | null; around: readonly Node[] },
  ): BuilderReach {
    if (around.length > 0 || name === null || this.#isHandler(node)) return { kind: 'inner' };
    const holder = enclosing(node, /^(class|class_declaration|abstract_class_declaration|object)$/);
    if (!holder) return { kind: 'function', name };
    const owner = this.#ownerName(holder);
    if (owner === null) return { kind: 'inner' };
    return {
      kind: 'method',
      owner,
      method: name,
      of: holder.type === 'object' ? 'object' : 'class',
      shared: whole.children.some(({ type }) => type === 'static'),
    };
  }

  /** `window.onload = …`: what is not in this file calls it. */
  #isHandler(node: Node): boolean {
    const binding = bindingOf(node);
    const left = binding?.type === 'assignment_expression' ? nameNode(binding) : null;
    if (left?.type !== 'member_expression') return false;
    return /^(window|document|self|globalThis)\b|\.on[a-z]+$/.test(this.#textOf(left));
  }

  #ownerName(holder: Node): string | null {
    const name = holder.childForFieldName('name');
    if (name) return this.#textOf(name);
    const binding = bindingOf(holder);
    const bound = binding && nameNode(binding);
    if (!bound) return null;
    return EXPORTS.test(this.#textOf(bound)) ? '' : this.#textOf(bound);
  }

  #isExported(top: Node): boolean {
    if (top.type === 'export_statement') return true;
    return top.type === 'expression_statement' && EXPORTS.test(this.#textOf(top));
  }

  #calls(node: Node): ReadonlySet<string> {
    const callees = node
      .descendantsOfType('call_expression')
      .flatMap((call) => call.childForFieldName('function') ?? [])
      .map((callee) => callee.childForFieldName('property') ?? callee);
    return new Set(callees.map((callee) => this.#textOf(callee)));
  }

  /** Classes that extend the runtime's own model: their constructor builds it. */
  #modelClasses(root: Node, found: readonly Found[]): Found[] {
    const classes = root.descendantsOfType(['class_declaration', 'class']);
    return classes.flatMap((node) => {
      const code = this.#statements.lowerClass(node);
      const parent = code.parent ? this.#statements.expressions.textAt(code.parent.span) : '';
      const constructor = node
        .descendantsOfType('method_definition')
        .find(
          (method) => this.#textOf(method.childForFieldName('name') ?? method) === 'constructor',
        );
      const isThere = found.some(({ builder }) => builder.owner?.span.start === node.startIndex);
      if (!RUNTIME_MODEL.test(parent) || !constructor || isThere) return [];
      return this.#candidate(constructor, true);
    });
  }

  /** Statements at the top of the file that put a model together. */
  #top(root: Node): Found {
    const nodes = childrenOf(root).filter(({ type }) => !/^(import|export)_statement$/.test(type));
    const body = nodes.flatMap((node) => this.#statements.lower(node));
    const span = spanOf(root);
    const code: FunctionCode = {
      span,
      parameters: [],
      bodySpan: span,
      body: body.filter((statement: Statement) => statement.kind !== 'import'),
      result: null,
      returnType: null,
    };
    return {
      node: root,
      builder: {
        name: 'model',
        kind: 'function',
        span,
        topLevel: span,
        exported: false,
        function: code,
        reach: { kind: 'top' },
        makes: true,
        known: false,
        calls: new Set(),
        around: [],
      },
    };
  }

  #textOf(node: Node): string {
    return this.#statements.expressions.textOf(node);
  }
}

function kindOf(node: Node): BuilderCode['kind'] {
  if (node.type === 'method_definition') return 'method';
  return node.type === 'arrow_function' ? 'arrow' : 'function';
}
