import type { Node } from 'web-tree-sitter';
import type { CallArgument, Entry, Expression, FunctionCode } from './code.ts';
import type { Span } from './span.ts';
import { LITERALS } from './javaScriptLiterals.ts';
import { OPERATORS } from './javaScriptOperators.ts';
import { childrenOf, lazy, opaque, otherExpression, spanOf } from './nodes.ts';
import type { Lower, Source } from './nodes.ts';

/** Lowers JavaScript and TypeScript expressions. */
export class JavaScriptExpressions implements Source<Expression> {
  readonly #text: string;
  readonly #lowerFunction: (node: Node) => FunctionCode;

  constructor(text: string, lowerFunction: (node: Node) => FunctionCode) {
    this.#text = text;
    this.#lowerFunction = lowerFunction;
  }

  textOf(node: Node): string {
    return this.#text.slice(node.startIndex, node.endIndex);
  }

  textAt({ start, end }: Span): string {
    return this.#text.slice(start, end);
  }

  lower(node: Node): Expression {
    return (this.#table[node.type] ?? otherExpression)(node, this);
  }

  readonly #function = (node: Node): Expression => ({
    kind: 'function',
    span: spanOf(node),
    code: lazy(() => this.#lowerFunction(node)),
  });

  readonly #wrapped = (node: Node): Expression => {
    const [inner, type] = childrenOf(node);
    if (!inner) return opaque(node);
    return {
      kind: 'wrapped',
      span: spanOf(node),
      inner: this.lower(inner),
      cast: type ? this.textOf(type) : null,
    };
  };

  readonly #member = (node: Node): Expression => {
    const object = node.childForFieldName('object');
    const property = node.childForFieldName('property');
    if (!object || !property) return opaque(node);
    return {
      kind: 'member',
      span: spanOf(node),
      object: this.lower(object),
      property: this.textOf(property),
    };
  };

  readonly #call = (node: Node): Expression => {
    const callee = node.childForFieldName('function');
    const args = node.childForFieldName('arguments');
    if (!callee || args?.type !== 'arguments') return otherExpression(node, this);
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: this.#arguments(args),
      argumentsSpan: spanOf(args),
    };
  };

  #arguments(args: Node): CallArgument[] {
    return childrenOf(args).map((child) => ({
      span: spanOf(child),
      name: null,
      value: this.lower(child),
    }));
  }

  readonly #object = (node: Node): Expression => ({
    kind: 'object',
    span: spanOf(node),
    entries: childrenOf(node).map((child) => this.#entry(child)),
  });

  #entry(node: Node): Entry {
    const span = spanOf(node);
    if (node.type === 'shorthand_property_identifier') {
      const name = this.textOf(node);
      return { span, key: name, value: { kind: 'name', span, name }, shorthand: true };
    }
    if (node.type === 'spread_element') {
      const inner = childrenOf(node)[0] ?? node;
      return { span, key: '...', value: this.lower(inner), shorthand: false };
    }
    const key = node.childForFieldName('key') ?? node.childForFieldName('name');
    const value = node.childForFieldName('value') ?? node;
    const name = key === null ? '' : this.textOf(key).replaceAll(/^['"]|['"]$/g, '');
    return {
      span,
      key: name,
      value: node.type === 'pair' ? this.lower(value) : this.#function(node),
      shorthand: false,
    };
  }

  readonly #list = (node: Node): Expression => ({
    kind: 'list',
    span: spanOf(node),
    items: childrenOf(node).map((child) => this.lower(child)),
  });

  readonly #subscript = (node: Node): Expression => {
    const object = node.childForFieldName('object');
    const index = node.childForFieldName('index');
    if (!object || !index) return otherExpression(node, this);
    return {
      kind: 'index',
      span: spanOf(node),
      object: this.lower(object),
      index: this.lower(index),
    };
  };

  readonly #spread = (node: Node): Expression => {
    const inner = childrenOf(node)[0];
    if (!inner) return opaque(node);
    return { kind: 'spread', span: spanOf(node), inner: this.lower(inner) };
  };

  readonly #new = (node: Node): Expression => {
    const callee = node.childForFieldName('constructor');
    const args = node.childForFieldName('arguments');
    if (!callee) return otherExpression(node, this);
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: args ? this.#arguments(args) : [],
      argumentsSpan: args ? spanOf(args) : { start: node.endIndex, end: node.endIndex },
      construct: true,
    };
  };

  readonly #table: Readonly<Record<string, Lower<Expression>>> = {
    ...LITERALS,
    ...OPERATORS,
    this: (node) => ({ kind: 'name', span: spanOf(node), name: 'this' }),
    super: (node) => ({ kind: 'name', span: spanOf(node), name: 'super' }),
    identifier: (node) => ({ kind: 'name', span: spanOf(node), name: this.textOf(node) }),
    new_expression: this.#new,
    subscript_expression: this.#subscript,
    spread_element: this.#spread,
    member_expression: this.#member,
    call_expression: this.#call,
    object: this.#object,
    array: this.#list,
    parenthesized_expression: this.#wrapped,
    as_expression: this.#wrapped,
    satisfies_expression: this.#wrapped,
    non_null_expression: this.#wrapped,
    await_expression: this.#wrapped,
    arrow_function: this.#function,
    function_expression: this.#function,
    class: opaque,
  };
}
