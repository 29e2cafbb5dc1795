import type { Expression } from '../code/tree.ts';
import { combined, decided } from './constants.ts';
import type { Follow } from './follow.ts';
import type { Py } from './py.ts';
import type { Scope } from './scope.ts';
import { constant, numberIn, tensorsIn, truth, unknown } from './values.ts';

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>;

const MERGES: Readonly<Record<string, string>> = { '+': 'add', '*': 'multiply', '-': 'subtract' };

const COMPARISONS = new Set(['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'is', 'is not']);

/** What two sides come to: a number, a text, or a layer that puts tensors together. */
export function binary(follow: Follow, expression: Of<'binary'>, scope: Scope): Py {
  const { operator } = expression;
  const left = follow.evaluate(expression.left, scope);
  if (operator === 'and' || operator === 'or') return logical(follow, expression, left, scope);
  const right = follow.evaluate(expression.right, scope);
  const tensors = [...tensorsIn(left), ...tensorsIn(right)];
  if (left.kind === 'tensor' || right.kind === 'tensor')
    return onTensors(follow, expression, [left, right], tensors);
  return combined(operator, left, right) ?? unknown(follow.reader.slice(expression));
}

function logical(follow: Follow, expression: Of<'binary'>, left: Py, scope: Scope): Py {
  const side = decided(expression.operator, left);
  if (side === 'left') return left;
  const right = follow.evaluate(expression.right, scope);
  if (side === 'right') return right;
  const settled = truth(right) === (expression.operator === 'or');
  return settled ? right : unknown(follow.reader.slice(expression));
}

/** `a + b` on tensors is an `add` layer; with anything else it is an operation. */
function onTensors(
  follow: Follow,
  { span, operator }: Of<'binary'>,
  sides: readonly [Py, Py],
  tensors: readonly number[],
): Py {
  const { ledger } = follow;
  const [left, right] = sides;
  if (COMPARISONS.has(operator))
    return operator.startsWith('is') && (left.kind === 'constant' || right.kind === 'constant')
      ? constant(operator === 'is not')
      : unknown(`a comparison (\`${operator}\`)`);
  const first = ledger.layers[tensors[0] ?? -1]?.draft.framework ?? 'keras';
  const type = MERGES[operator];
  if (type === undefined || left.kind !== 'tensor' || right.kind !== 'tensor')
    return ledger.operation(operator, tensors, { span, framework: first });
  const draft = ledger.draft(first, { type, span, call: null, arguments: [] });
  return ledger.place(draft, tensors, ledger.applied(span, null));
}

/** What `not` and a sign make of an operand. */
export function unary(follow: Follow, expression: Of<'unary'>, scope: Scope): Py {
  const operand = follow.evaluate(expression.operand, scope);
  const text = follow.reader.slice(expression);
  if (expression.operator === 'not') {
    const known = truth(operand);
    return known === null ? unknown(text) : constant(!known);
  }
  if (operand.kind === 'tensor') {
    const framework = follow.ledger.layers[operand.layer]?.draft.framework ?? 'keras';
    const { span } = expression;
    return follow.ledger.operation('negative', [operand.layer], { span, framework });
  }
  const number = numberIn(operand);
  if (number === null) return unknown(text);
  return constant(expression.operator === '-' ? -number : number);
}
