import type { Value } from '../../../../model/values.ts';
import type { Expression } from '../code/tree.ts';
import type { Py } from './py.ts';

/** A constant of Python as a value of the model. */
export function constantValue(
  value: string | number | boolean | null,
  text: (it: string) => string,
): Value {
  if (value === null) return { kind: 'null' };
  if (typeof value === 'string') return { kind: 'string', value: text(value) };
  return typeof value === 'number' ? { kind: 'number', value } : { kind: 'boolean', value };
}

/** A layer that stands as an argument, as a call. */
export const layerValue = ({ draft }: Extract<Py, { kind: 'layer' }>): Value => ({
  kind: 'call',
  callee: `layers.${draft.type}`,
  arguments: draft.arguments.map(({ name, value }) => ({ name, value })),
});

/** What stands for a value that is no constant. */
export const describe = (value: Py): string => {
  if (value.kind === 'library') return value.path;
  return value.kind === 'tensor' ? 'a tensor' : value.kind;
};

/** The constant that an expression is computed from: the first name in it. */
export function constantIn(expression: Expression, text: string): string | null {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
    case 'subscript':
      return text.slice(expression.span.start, expression.span.end);
    case 'group':
      return constantIn(expression.inner, text);
    case 'binary':
      return constantIn(expression.left, text) ?? constantIn(expression.right, text);
    case 'unary':
      return constantIn(expression.operand, text);
    case 'choice':
      return text.slice(expression.span.start, expression.span.end);
    default:
      return null;
  }
}
