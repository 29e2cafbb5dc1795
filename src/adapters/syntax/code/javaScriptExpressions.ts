import type { Node } from 'web-tree-sitter';
import type { CallArgument, Entry, Expression, FunctionCode } from './code.ts';
import { childrenOf, lazy, literal, negated, numeric, spanOf, unescaped } from './nodes.ts';
import type { Lowering } from './nodes.ts';

/** Lowers JavaScript and TypeScript expressions. */
export class JavaScriptExpressions {
  readonly #text: string;
  readonly #lowerFunction: (node: Node) => FunctionCode;

  constructor(text: string, lowerFunction: (node: Node) => FunctionCode) {
    this.#text = text;
    this.#lowerFunction = lowerFunction;
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

  readonly #opaque = (node: Node): Expression => ({ kind: 'other', span: spanOf(node), parts: [] });

  readonly #function = (node: Node): Expression => ({
    kind: 'function',
    span: spanOf(node),
    code: lazy(() => this.#lowerFunction(node)),
  });

  readonly #wrapped = (node: Node): Expression => {
    const [inner, type] = childrenOf(node);
    if (!inner) return this.#opaque(node);
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
    if (!object || !property) return this.#opaque(node);
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
    if (!callee || args?.type !== 'arguments') return this.#other(node);
    const values = childrenOf(args).map((child): CallArgument => ({
      span: spanOf(child),
      name: null,
      value: this.lower(child),
    }));
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: values,
      argumentsSpan: spanOf(args),
    };
  };

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

  readonly #binary = (node: Node): Expression => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    const operator = node.childForFieldName('operator');
    if (!left || !right || !operator) return this.#opaque(node);
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

  readonly #assign = (node: Node): Expression => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (left?.type !== 'identifier' || !right) return this.#other(node);
    return {
      kind: 'assign',
      span: spanOf(node),
      target: this.textOf(left),
      value: this.lower(right),
    };
  };

  /** `n += 1`, `n++`: the value is unknown from here on. */
  readonly #update = (node: Node): Expression => {
    const target = node.childForFieldName('left') ?? node.childForFieldName('argument');
    if (target?.type !== 'identifier') return this.#other(node);
    return {
      kind: 'assign',
      span: spanOf(node),
      target: this.textOf(target),
      value: this.#opaque(node),
    };
  };

  readonly #template = (node: Node): Expression => {
    if (childrenOf(node).some((child) => child.type === 'template_substitution'))
      return this.#opaque(node);
    return literal(node, { kind: 'string', value: unescaped(this.textOf(node).slice(1, -1)) });
  };

  readonly #table: Lowering<Expression> = {
    number: (node) => numeric(node, this.textOf(node)),
    string: (node) =>
      literal(node, { kind: 'string', value: unescaped(this.textOf(node).slice(1, -1)) }),
    template_string: this.#template,
    true: (node) => literal(node, { kind: 'boolean', value: true }),
    false: (node) => literal(node, { kind: 'boolean', value: false }),
    null: (node) => literal(node, { kind: 'null' }),
    undefined: (node) => literal(node, { kind: 'null' }),
    identifier: (node) => ({ kind: 'name', span: spanOf(node), name: this.textOf(node) }),
    member_expression: this.#member,
    call_expression: this.#call,
    object: this.#object,
    array: this.#list,
    binary_expression: this.#binary,
    unary_expression: this.#unary,
    assignment_expression: this.#assign,
    augmented_assignment_expression: this.#update,
    update_expression: this.#update,
    parenthesized_expression: this.#wrapped,
    as_expression: this.#wrapped,
    satisfies_expression: this.#wrapped,
    non_null_expression: this.#wrapped,
    await_expression: this.#wrapped,
    arrow_function: this.#function,
    function_expression: this.#function,
    class: this.#opaque,
  };
}
