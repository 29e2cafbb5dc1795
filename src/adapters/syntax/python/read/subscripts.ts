import type { Expression } from '../code/tree.ts';
import { itemAt, keyOf, sliced } from './constants.ts';
import type { Follow } from './follow.ts';
import type { Py } from './py.ts';
import type { Scope } from './scope.ts';
import { listOf, numberIn, unknown } from './values.ts';

/** An item or a slice of a list, a dictionary, a model or a tensor. */
export function subscript(
  follow: Follow,
  expression: Extract<Expression, { kind: 'subscript' }>,
  scope: Scope,
): Py {
  const object = follow.evaluate(expression.object, scope);
  const [index, ...others] = expression.index;
  const text = follow.reader.slice(expression);
  if (object.kind === 'tensor') {
    const framework = follow.ledger.layers[object.layer]?.draft.framework ?? 'keras';
    const { span } = expression;
    return follow.ledger.operation('slice', [object.layer], { span, framework });
  }
  if (!index || others.length > 0) return unknown(text);
  if (index.kind === 'slice') {
    const bounds = index.bounds.map((bound) =>
      bound ? numberIn(follow.evaluate(bound, scope)) : null,
    );
    return sliced(asList(object), bounds) ?? unknown(text);
  }
  return itemOf(object, follow.evaluate(index, scope)) ?? unknown(text);
}

function itemOf(object: Py, index: Py): Py | null {
  if (object.kind === 'dictionary') return object.entries.get(keyOf(index) ?? '') ?? null;
  const at = numberIn(index);
  return at === null ? null : itemAt(asList(object), at);
}

/** A sequential model can be indexed like the list of its layers. */
const asList = (value: Py): Py =>
  value.kind === 'model' && value.model.kind === 'sequential'
    ? listOf(value.model.items.map((item) => item.value))
    : value;
