import type { Node } from 'web-tree-sitter';
import type { CallArgument, Expression } from './code.ts';
import { childrenOf, literal, negated, numeric, spanOf, unescaped } from './nodes.ts';
import type { Lowering } from './nodes.ts';

/** Lowers Python expressions. */
export class PythonExpressions {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  textOf(node: Node): string {
    return this.#text.slice(node.startIndex, node.endIndex);
  }

  lower(node: Node): Expression {
    return (this.#table[node.type] ?? this.#other)(node);
  }

  readonly #other = (node: Node): Expression => ({
    kind: 'other',
    span: spanOf(node),
    parts: childrenOf(node).map((child) => this.lower(child)),
  });

  readonly #member = (node: Node): Expression => {
    const object = node.childForFieldName('object');
    const attribute = node.childForFieldName('attribute');
    if (!object || !attribute) return this.#other(node);
    return {
      kind: 'member',
      span: spanOf(node),
      object: this.lower(object),
      property: this.textOf(attribute),
    };
  };

  readonly #call = (node: Node): Expression => {
    const callee = node.childForFieldName('function');
    const args = node.childForFieldName('arguments');
    if (!callee || args?.type !== 'argument_list') return this.#other(node);
    const values = childrenOf(args).map((child) => this.#argument(child));
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: values,
      argumentsSpan: spanOf(args),
    };
  };

  #argument(node: Node): CallArgument {
    const name = node.childForFieldName('name');
    const value = node.childForFieldName('value');
    if (node.type !== 'keyword_argument' || !name || !value)
      return { span: spanOf(node), name: null, value: this.lower(node) };
    return { span: spanOf(node), name: this.textOf(name), value: this.lower(value) };
  }

  readonly #list = (node: Node): Expression => ({
    kind: 'list',
    span: spanOf(node),
    items: childrenOf(node).map((child) => this.lower(child)),
  });

  readonly #dictionary = (node: Node): Expression => ({
    kind: 'object',
    span: spanOf(node),
    entries: childrenOf(node).map((child) => {
      const key = child.childForFieldName('key');
      const value = child.childForFieldName('value') ?? child;
      const name = key === null ? '...' : this.textOf(key).replaceAll(/^['"]|['"]$/g, '');
      return { span: spanOf(child), key: name, value: this.lower(value), shorthand: false };
    }),
  });

  readonly #binary = (node: Node): Expression => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = node.childForFieldName('operator');
    if (!left || !right || !operator) return this.#other(node);
    return {
      kind: 'binary',
      span: spanOf(node),
      operator: operator.type,
      left: this.lower(left),
      right: this.lower(right),
    };
  };

  readonly #unary = (node: Node): Expression => {
    const operand = node.childForFieldName('argument');
    const lowered =
      operand && this.textOf(node).startsWith('-') ? negated(node, this.lower(operand)) : null;
    return lowered ?? this.#other(node);
  };

  readonly #string = (node: Node): Expression => {
    const parts = childrenOf(node);
    if (parts.some((part) => part.type === 'interpolation'))
      return { kind: 'other', span: spanOf(node), parts: [] };
    const content = parts
      .filter((part) => part.type === 'string_content')
      .map((part) => this.textOf(part));
    return literal(node, { kind: 'string', value: unescaped(content.join('')) });
  };

  readonly #wrapped = (node: Node): Expression => {
    const inner = childrenOf(node)[0];
    return inner
      ? { kind: 'wrapped', span: spanOf(node), inner: this.lower(inner), cast: null }
      : this.#other(node);
  };

  readonly #table: Lowering<Expression> = {
    integer: (node) => numeric(node, this.textOf(node)),
    float: (node) => numeric(node, this.textOf(node)),
    string: this.#string,
    true: (node) => literal(node, { kind: 'boolean', value: true }),
    false: (node) => literal(node, { kind: 'boolean', value: false }),
    none: (node) => literal(node, { kind: 'null' }),
    identifier: (node) => ({ kind: 'name', span: spanOf(node), name: this.textOf(node) }),
    attribute: this.#member,
    call: this.#call,
    list: this.#list,
    tuple: this.#list,
    expression_list: this.#list,
    dictionary: this.#dictionary,
    binary_operator: this.#binary,
    unary_operator: this.#unary,
    parenthesized_expression: this.#wrapped,
    lambda: (node) => ({ kind: 'other', span: spanOf(node), parts: [] }),
  };
}
