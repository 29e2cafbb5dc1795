import type { Node } from 'web-tree-sitter';
import { childrenOf, spanOf, otherExpression } from '../../code/nodes.ts';
import type { Lower, Source } from '../../code/nodes.ts';
import { COLLECTIONS } from './lowerCollections.ts';
import { CONSTANTS } from './lowerConstants.ts';
import { OPERATORS } from './lowerOperators.ts';
import type { Argument, Expression, FunctionCode, Parameter } from './tree.ts';

/** Lowers Python expressions out of the syntax tree of `text`. */
export class ExpressionLowering implements Source<Expression> {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  textOf(node: Node): string {
    return this.#text.slice(node.startIndex, node.endIndex);
  }

  lower(node: Node): Expression {
    return (this.#table[node.type] ?? otherExpression)(node, this);
  }

  parameters(node: Node | null): readonly Parameter[] {
    return node === null ? [] : childrenOf(node).flatMap((child) => this.#parameter(child));
  }

  arguments(node: Node): readonly Argument[] {
    if (node.type === 'generator_expression')
      return [{ span: spanOf(node), name: null, stars: 0, value: this.lower(node) }];
    return childrenOf(node).map((child) => this.#argument(child));
  }

  #parameter(node: Node): readonly Parameter[] {
    const stars = STARS[node.type] ?? 0;
    const inner = node.type === 'typed_parameter' ? childrenOf(node)[0] : undefined;
    if (inner && STARS[inner.type]) return this.#parameter(inner);
    const name = nameIn(node);
    if (!name) return [];
    const value = node.childForFieldName('value');
    return [
      {
        name: this.textOf(name),
        span: spanOf(node),
        stars,
        byDefault: value ? this.lower(value) : null,
      },
    ];
  }

  #argument(node: Node): Argument {
    const span = spanOf(node);
    const stars = STARS[node.type] ?? 0;
    if (stars > 0) {
      const inner = childrenOf(node)[0] ?? node;
      return { span, name: null, stars, value: this.lower(inner) };
    }
    const name = node.childForFieldName('name');
    const value = node.childForFieldName('value');
    return node.type === 'keyword_argument' && name && value
      ? { span, name: this.textOf(name), stars: 0, value: this.lower(value) }
      : { span, name: null, stars: 0, value: this.lower(node) };
  }

  readonly #attribute: Lower<Expression> = (node) => {
    const object = node.childForFieldName('object');
    const name = node.childForFieldName('attribute');
    return object && name
      ? {
          kind: 'attribute',
          span: spanOf(node),
          object: this.lower(object),
          name: this.textOf(name),
        }
      : otherExpression(node, this);
  };

  readonly #call: Lower<Expression> = (node) => {
    const callee = node.childForFieldName('function');
    const args = node.childForFieldName('arguments');
    if (!callee || !args) return otherExpression(node, this);
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: this.arguments(args),
      argumentsSpan: spanOf(args),
    };
  };

  readonly #lambda: Lower<Expression> = (node) => {
    const body = node.childForFieldName('body');
    if (!body) return otherExpression(node, this);
    const code: FunctionCode = {
      span: spanOf(node),
      parameters: this.parameters(node.childForFieldName('parameters')),
      bodySpan: spanOf(body),
      body: [],
      result: this.lower(body),
    };
    return { kind: 'lambda', span: spanOf(node), code };
  };

  readonly #inner =
    (kind: 'group' | 'starred'): Lower<Expression> =>
    (node) => {
      const inner = childrenOf(node)[0];
      if (!inner) return otherExpression(node, this);
      const value = this.lower(inner);
      return kind === 'group'
        ? { kind, span: spanOf(node), inner: value }
        : { kind, span: spanOf(node), value };
    };

  readonly #table: Readonly<Record<string, Lower<Expression>>> = {
    ...CONSTANTS,
    ...OPERATORS,
    ...COLLECTIONS,
    identifier: (node) => ({ kind: 'name', span: spanOf(node), name: this.textOf(node) }),
    attribute: this.#attribute,
    call: this.#call,
    lambda: this.#lambda,
    parenthesized_expression: this.#inner('group'),
    list_splat: this.#inner('starred'),
    list_splat_pattern: this.#inner('starred'),
  };
}

/** How many stars a node of that type carries. */
const STARS: Readonly<Record<string, 1 | 2>> = {
  list_splat: 1,
  list_splat_pattern: 1,
  dictionary_splat: 2,
  dictionary_splat_pattern: 2,
};

/** The name a parameter binds, however it is typed, starred or given a default. */
function nameIn(node: Node): Node | null {
  if (node.type === 'identifier') return node;
  const name = node.childForFieldName('name');
  const first = childrenOf(node)[0];
  if (name) return nameIn(name);
  const wraps = STARS[node.type] !== undefined || node.type === 'typed_parameter';
  return wraps && first ? nameIn(first) : null;
}
