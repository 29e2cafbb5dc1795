import type { Node } from 'web-tree-sitter';
import type { Expression } from './code.ts';
import { literal, negated, opaque, otherExpression, spanOf } from './nodes.ts';
import type { Lower, Source } from './nodes.ts';

const binary: Lower<Expression> = (node, source) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator');
  if (!left || !right || !operator) return opaque(node);
  return {
    kind: 'binary',
    span: spanOf(node),
    operator: operator.type,
    left: source.lower(left),
    right: source.lower(right),
  };
};

const unary: Lower<Expression> = (node, source) => {
  const operand = node.childForFieldName('argument');
  const operator = node.childForFieldName('operator')?.type ?? '';
  if (!operand) return otherExpression(node, source);
  const lowered = operator === '-' ? negated(node, source.lower(operand)) : null;
  return lowered ?? { kind: 'unary', span: spanOf(node), operator, operand: source.lower(operand) };
};

const ternary: Lower<Expression> = (node, source) => {
  const condition = node.childForFieldName('condition');
  const then = node.childForFieldName('consequence');
  const otherwise = node.childForFieldName('alternative');
  if (!condition || !then || !otherwise) return otherExpression(node, source);
  return {
    kind: 'choice',
    span: spanOf(node),
    condition: source.lower(condition),
    then: source.lower(then),
    otherwise: source.lower(otherwise),
  };
};

const assign: Lower<Expression> = (node, source) => {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left?.type === 'member_expression' && right) return set(node, { left, right }, source);
  if (left?.type !== 'identifier' || !right) return otherExpression(node, source);
  return {
    kind: 'assign',
    span: spanOf(node),
    target: source.textOf(left),
    value: source.lower(right),
  };
};

function set(
  node: Node,
  { left, right }: { left: Node; right: Node },
  source: Source<Expression>,
): Expression {
  const target = source.lower(left);
  if (target.kind !== 'member') return otherExpression(node, source);
  return {
    kind: 'set',
    span: spanOf(node),
    object: target.object,
    property: target.property,
    value: source.lower(right),
  };
}

/** `n += 2`, `n++` as `n = n + …`. */
const update: Lower<Expression> = (node, source) => {
  const target = node.childForFieldName('left') ?? node.childForFieldName('argument');
  if (target?.type !== 'identifier') return otherExpression(node, source);
  const right = node.childForFieldName('right');
  const operator = (node.childForFieldName('operator')?.type ?? '').slice(0, -1);
  const span = spanOf(node);
  const name = source.textOf(target);
  return {
    kind: 'assign',
    span,
    target: name,
    value: {
      kind: 'binary',
      span,
      operator,
      left: { kind: 'name', span: spanOf(target), name },
      right: right ? source.lower(right) : literal(node, { kind: 'number', value: 1 }),
    },
  };
};

/** Operators and assignments of JavaScript, by the type of their nodes. */
export const OPERATORS: Readonly<Record<string, Lower<Expression>>> = {
  binary_expression: binary,
  unary_expression: unary,
  ternary_expression: ternary,
  assignment_expression: assign,
  augmented_assignment_expression: update,
  update_expression: update,
};
