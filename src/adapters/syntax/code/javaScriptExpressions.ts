import type { Node } from 'web-tree-sitter';
import type { CallArgument, Entry, Expression, FunctionCode } from './code.ts';
import type { Span } from './span.ts';
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

  textAt({ start, end }: Span): string {
    return this.#text.slice(start, end);
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
    const operator = node.childForFieldName('operator')?.type ?? '';
    if (!operand) return this.#other(node);
    const lowered = operator === '-' ? negated(node, this.lower(operand)) : null;
    return lowered ?? { kind: 'unary', span: spanOf(node), operator, operand: this.lower(operand) };
  };

  readonly #ternary = (node: Node): Expression => {
    const condition = node.childForFieldName('condition');
    const then = node.childForFieldName('consequence');
    const otherwise = node.childForFieldName('alternative');
    if (!condition || !then || !otherwise) return this.#other(node);
    return {
      kind: 'choice',
      span: spanOf(node),
      condition: this.lower(condition),
      then: this.lower(then),
      otherwise: this.lower(otherwise),
    };
  };

  readonly #subscript = (node: Node): Expression => {
    const object = node.childForFieldName('object');
    const index = node.childForFieldName('index');
    if (!object || !index) return this.#other(node);
    return {
      kind: 'index',
      span: spanOf(node),
      object: this.lower(object),
      index: this.lower(index),
    };
  };

  readonly #spread = (node: Node): Expression => {
    const inner = childrenOf(node)[0];
    if (!inner) return this.#opaque(node);
    return { kind: 'spread', span: spanOf(node), inner: this.lower(inner) };
  };

  readonly #new = (node: Node): Expression => {
    const callee = node.childForFieldName('constructor');
    const args = node.childForFieldName('arguments');
    if (!callee) return this.#other(node);
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: args ? this.#arguments(args) : [],
      argumentsSpan: args ? spanOf(args) : { start: node.endIndex, end: node.endIndex },
      construct: true,
    };
  };

  readonly #assign = (node: Node): Expression => {
    const left = node.childForFieldName('left');
    const right = node.childForFieldName('right');
    if (left?.type === 'member_expression' && right) return this.#set(node, left, right);
    if (left?.type !== 'identifier' || !right) return this.#other(node);
    return {
      kind: 'assign',
      span: spanOf(node),
      target: this.textOf(left),
      value: this.lower(right),
    };
  };

  #set(node: Node, left: Node, right: Node): Expression {
    const target = this.#member(left);
    if (target.kind !== 'member') return this.#other(node);
    return {
      kind: 'set',
      span: spanOf(node),
      object: target.object,
      property: target.property,
      value: this.lower(right),
    };
  }

  /** `n += 2`, `n++` as `n = n + …`. */
  readonly #update = (node: Node): Expression => {
    const target = node.childForFieldName('left') ?? node.childForFieldName('argument');
    if (target?.type !== 'identifier') return this.#other(node);
    const right = node.childForFieldName('right');
    const operator = (node.childForFieldName('operator')?.type ?? '').slice(0, -1);
    const span = spanOf(node);
    const name = this.textOf(target);
    return {
      kind: 'assign',
      span,
      target: name,
      value: {
        kind: 'binary',
        span,
        operator,
        left: { kind: 'name', span: spanOf(target), name },
        right: right ? this.lower(right) : literal(node, { kind: 'number', value: 1 }),
      },
    };
  };

  readonly #template = (node: Node): Expression => {
    const children = childrenOf(node);
    if (children.some((child) => child.type === 'template_substitution'))
      return { kind: 'template', span: spanOf(node), pieces: this.#pieces(children) };
    return literal(node, { kind: 'string', value: unescaped(this.textOf(node).slice(1, -1)) });
  };

  #pieces(children: readonly Node[]): (string | Expression)[] {
    return children.map((child) => {
      const inner = child.type === 'template_substitution' ? childrenOf(child)[0] : undefined;
      return inner ? this.lower(inner) : unescaped(this.textOf(child));
    });
  }

  readonly #table: Lowering<Expression> = {
    number: (node) => numeric(node, this.textOf(node)),
    string: (node) =>
      literal(node, { kind: 'string', value: unescaped(this.textOf(node).slice(1, -1)) }),
    template_string: this.#template,
    true: (node) => literal(node, { kind: 'boolean', value: true }),
    false: (node) => literal(node, { kind: 'boolean', value: false }),
    null: (node) => literal(node, { kind: 'null' }),
    undefined: (node) => literal(node, { kind: 'null' }),
    this: (node) => ({ kind: 'name', span: spanOf(node), name: 'this' }),
    super: (node) => ({ kind: 'name', span: spanOf(node), name: 'super' }),
    new_expression: this.#new,
    ternary_expression: this.#ternary,
    subscript_expression: this.#subscript,
    spread_element: this.#spread,
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
