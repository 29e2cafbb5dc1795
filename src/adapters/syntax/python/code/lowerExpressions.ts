import type { Node } from 'web-tree-sitter';
import { childrenOf, spanOf, unescaped } from '../../code/nodes.ts';
import { STARS, nameIn } from './parameterNames.ts';
import type { Argument, ComprehensionFor, Expression, FunctionCode, Parameter } from './tree.ts';

type Lower = (node: Node) => Expression;

/** Lowers Python expressions out of the syntax tree of `text`. */
export class ExpressionLowering {
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

  readonly #other: Lower = (node) => ({
    kind: 'other',
    span: spanOf(node),
    parts: childrenOf(node).map((child) => this.lower(child)),
  });

  readonly #attribute: Lower = (node) => {
    const object = node.childForFieldName('object');
    const name = node.childForFieldName('attribute');
    return object && name
      ? {
          kind: 'attribute',
          span: spanOf(node),
          object: this.lower(object),
          name: this.textOf(name),
        }
      : this.#other(node);
  };

  readonly #call: Lower = (node) => {
    const callee = node.childForFieldName('function');
    const args = node.childForFieldName('arguments');
    if (!callee || !args) return this.#other(node);
    return {
      kind: 'call',
      span: spanOf(node),
      callee: this.lower(callee),
      arguments: this.arguments(args),
      argumentsSpan: spanOf(args),
    };
  };

  readonly #sequence =
    (form: 'list' | 'tuple'): Lower =>
    (node) => ({
      kind: 'sequence',
      span: spanOf(node),
      form,
      items: childrenOf(node).map((child) => this.lower(child)),
    });

  readonly #subscript: Lower = (node) => {
    const object = node.childForFieldName('value');
    if (!object) return this.#other(node);
    const index = childrenOf(node)
      .filter((child) => child.startIndex !== object.startIndex)
      .map((child) => this.lower(child));
    return { kind: 'subscript', span: spanOf(node), object: this.lower(object), index };
  };

  readonly #slice: Lower = (node) => {
    const bounds: (Expression | null)[] = [null];
    for (const child of node.children) {
      if (child.type === ':') bounds.push(null);
      else if (child.isNamed) bounds[bounds.length - 1] = this.lower(child);
    }
    return { kind: 'slice', span: spanOf(node), bounds };
  };

  readonly #dictionary: Lower = (node) => ({
    kind: 'dictionary',
    span: spanOf(node),
    entries: childrenOf(node).map((child) => {
      const key = child.childForFieldName('key');
      const value = child.childForFieldName('value') ?? childrenOf(child)[0] ?? child;
      return { key: key ? this.lower(key) : null, value: this.lower(value) };
    }),
  });

  readonly #binary: Lower = (node) => {
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

  /** `a < b`, `a is not None`, `a < b < c` (kept as `a < b and b < c`). */
  readonly #comparison: Lower = (node) => {
    const operands = childrenOf(node).map((child) => this.lower(child));
    const operators = node.children
      .filter((child) => !child.isNamed || child.type === 'is not' || child.type === 'not in')
      .map((child) => child.type)
      .join(' ')
      .match(/is not|not in|[<>=!]+|is|in/g);
    const span = spanOf(node);
    const [first, second, ...rest] = operands;
    if (!first || !second || !operators || rest.length + 1 !== operators.length)
      return this.#other(node);
    let left = second;
    let all: Expression = compared(span, operators[0] ?? '', [first, second]);
    for (const [index, right] of rest.entries()) {
      const next = compared(span, operators[index + 1] ?? '', [left, right]);
      all = { kind: 'binary', span, operator: 'and', left: all, right: next };
      left = right;
    }
    return all;
  };

  readonly #unary: Lower = (node) => {
    const operand = node.childForFieldName('argument');
    if (!operand) return this.#other(node);
    const operator = node.type === 'not_operator' ? 'not' : (node.children[0]?.type ?? '');
    const lowered = this.lower(operand);
    if (operator === '-' && lowered.kind === 'constant' && typeof lowered.value === 'number')
      return { kind: 'constant', span: spanOf(node), value: -lowered.value };
    return { kind: 'unary', span: spanOf(node), operator, operand: lowered };
  };

  readonly #choice: Lower = (node) => {
    const [then, condition, otherwise] = childrenOf(node).map((child) => this.lower(child));
    return then && condition && otherwise
      ? { kind: 'choice', span: spanOf(node), condition, then, otherwise }
      : this.#other(node);
  };

  readonly #comprehension =
    (form: 'list' | 'dictionary'): Lower =>
    (node) => {
      const body = node.childForFieldName('body');
      if (!body) return this.#other(node);
      const pair = [body.childForFieldName('key'), body.childForFieldName('value')];
      const element = form === 'list' ? [body] : pair.filter((part) => part !== null);
      const loops: ComprehensionFor[] = [];
      for (const child of childrenOf(node)) {
        const target = child.childForFieldName('left');
        const iterable = child.childForFieldName('right');
        const last = loops.at(-1);
        if (child.type === 'for_in_clause' && target && iterable)
          loops.push({
            target: this.lower(target),
            iterable: this.lower(iterable),
            conditions: [],
          });
        else if (child.type === 'if_clause' && last)
          loops[loops.length - 1] = {
            ...last,
            conditions: [...last.conditions, ...childrenOf(child).map((it) => this.lower(it))],
          };
      }
      return {
        kind: 'comprehension',
        span: spanOf(node),
        form,
        element: element.map((part) => this.lower(part)),
        loops,
      };
    };

  readonly #lambda: Lower = (node) => {
    const body = node.childForFieldName('body');
    if (!body) return this.#other(node);
    const code: FunctionCode = {
      span: spanOf(node),
      parameters: this.parameters(node.childForFieldName('parameters')),
      bodySpan: spanOf(body),
      body: [],
      result: this.lower(body),
    };
    return { kind: 'lambda', span: spanOf(node), code };
  };

  readonly #string: Lower = (node) => {
    const span = spanOf(node);
    const parts = childrenOf(node);
    const pieces = parts.filter(
      ({ type }) => type === 'string_content' || type === 'interpolation',
    );
    if (!pieces.some(({ type }) => type === 'interpolation')) {
      const text = pieces.map((part) => this.textOf(part)).join('');
      return { kind: 'constant', span, value: unescaped(text) };
    }
    return { kind: 'format', span, parts: pieces.map((piece) => this.#piece(piece)) };
  };

  #piece(node: Node): Expression {
    const inner = node.childForFieldName('expression');
    return inner
      ? this.lower(inner)
      : { kind: 'constant', span: spanOf(node), value: this.textOf(node) };
  }

  readonly #strings: Lower = (node) => ({
    kind: 'format',
    span: spanOf(node),
    parts: childrenOf(node).map((child) => this.lower(child)),
  });

  readonly #number: Lower = (node) => {
    const value = Number(this.textOf(node).replaceAll('_', ''));
    return Number.isFinite(value)
      ? { kind: 'constant', span: spanOf(node), value }
      : this.#other(node);
  };

  readonly #inner =
    (kind: 'group' | 'starred'): Lower =>
    (node) => {
      const inner = childrenOf(node)[0];
      if (!inner) return this.#other(node);
      const value = this.lower(inner);
      return kind === 'group'
        ? { kind, span: spanOf(node), inner: value }
        : { kind, span: spanOf(node), value };
    };

  readonly #table: Readonly<Record<string, Lower>> = {
    integer: this.#number,
    float: this.#number,
    string: this.#string,
    concatenated_string: this.#strings,
    true: (node) => ({ kind: 'constant', span: spanOf(node), value: true }),
    false: (node) => ({ kind: 'constant', span: spanOf(node), value: false }),
    none: (node) => ({ kind: 'constant', span: spanOf(node), value: null }),
    identifier: (node) => ({ kind: 'name', span: spanOf(node), name: this.textOf(node) }),
    attribute: this.#attribute,
    call: this.#call,
    list: this.#sequence('list'),
    set: this.#sequence('list'),
    list_pattern: this.#sequence('list'),
    tuple: this.#sequence('tuple'),
    tuple_pattern: this.#sequence('tuple'),
    pattern_list: this.#sequence('tuple'),
    expression_list: this.#sequence('tuple'),
    subscript: this.#subscript,
    slice: this.#slice,
    dictionary: this.#dictionary,
    binary_operator: this.#binary,
    boolean_operator: this.#binary,
    comparison_operator: this.#comparison,
    unary_operator: this.#unary,
    not_operator: this.#unary,
    conditional_expression: this.#choice,
    list_comprehension: this.#comprehension('list'),
    set_comprehension: this.#comprehension('list'),
    generator_expression: this.#comprehension('list'),
    dictionary_comprehension: this.#comprehension('dictionary'),
    lambda: this.#lambda,
    parenthesized_expression: this.#inner('group'),
    list_splat: this.#inner('starred'),
    list_splat_pattern: this.#inner('starred'),
  };
}

const compared = (
  span: Expression['span'],
  operator: string,
  [left, right]: readonly [Expression, Expression],
): Expression => ({ kind: 'binary', span, operator, left, right });
