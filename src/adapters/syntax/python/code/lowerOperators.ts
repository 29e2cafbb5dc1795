import { childrenOf, otherExpression, spanOf } from '../../code/nodes.ts';
import type { Lower } from '../../code/nodes.ts';
import type { Expression } from './tree.ts';

const binary: Lower<Expression> = (node, source) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator');
  if (!left || !right || !operator) return otherExpression(node, source);
  return {
    kind: 'binary',
    span: spanOf(node),
    operator: operator.type,
    left: source.lower(left),
    right: source.lower(right),
  };
};

/** `a < b`, `a is not None`, `a < b < c` (kept as `a < b and b < c`). */
const comparison: Lower<Expression> = (node, source) => {
  const operands = childrenOf(node).map((child) => source.lower(child));
  const operators = node.children
    .filter((child) => !child.isNamed || child.type === 'is not' || child.type === 'not in')
    .map((child) => child.type)
    .join(' ')
    .match(/is not|not in|[<>=!]+|is|in/g);
  const span = spanOf(node);
  const [first, second, ...rest] = operands;
  if (!first || !second || !operators || rest.length + 1 !== operators.length)
    return otherExpression(node, source);
  let left = second;
  let all: Expression = compared(span, operators[0] ?? '', [first, second]);
  for (const [index, right] of rest.entries()) {
    const next = compared(span, operators[index + 1] ?? '', [left, right]);
    all = { kind: 'binary', span, operator: 'and', left: all, right: next };
    left = right;
  }
  return all;
};

const unary: Lower<Expression> = (node, source) => {
  const operand = node.childForFieldName('argument');
  if (!operand) return otherExpression(node, source);
  const operator = node.type === 'not_operator' ? 'not' : (node.children[0]?.type ?? '');
  const lowered = source.lower(operand);
  if (operator === '-' && lowered.kind === 'constant' && typeof lowered.value === 'number')
    return { kind: 'constant', span: spanOf(node), value: -lowered.value };
  return { kind: 'unary', span: spanOf(node), operator, operand: lowered };
};

const choice: Lower<Expression> = (node, source) => {
  const [then, condition, otherwise] = childrenOf(node).map((child) => source.lower(child));
  return then && condition && otherwise
    ? { kind: 'choice', span: spanOf(node), condition, then, otherwise }
    : otherExpression(node, source);
};

const compared = (
  span: Expression['span'],
  operator: string,
  [left, right]: readonly [Expression, Expression],
): Expression => ({ kind: 'binary', span, operator, left, right });

/** Operators of Python, by the type of their nodes. */
export const OPERATORS: Readonly<Record<string, Lower<Expression>>> = {
  binary_operator: binary,
  boolean_operator: binary,
  comparison_operator: comparison,
  unary_operator: unary,
  not_operator: unary,
  conditional_expression: choice,
};
