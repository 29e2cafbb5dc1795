import type { Expression } from '../code/tree.ts';
import { keyOf } from './constants.ts';
import type { Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import type { Py } from './py.ts';
import type { Scope } from './scope.ts';
import { listOf, numberIn, unknown } from './values.ts';

/** Gives what stands on the left of `=` a value. */
export function assign(follow: Follow, target: Expression, value: Py, scope: Scope): void {
  switch (target.kind) {
    case 'name':
      return scope.assign(target.name, value);
    case 'group':
      return assign(follow, target.inner, value, scope);
    case 'attribute': {
      const object = follow.evaluate(target.object, scope);
      if (object.kind === 'instance') object.attributes.set(target.name, value);
      return;
    }
    case 'subscript':
      return assignItem(follow, target, value, scope);
    case 'sequence':
      return unpack(follow, target.items, value, scope);
    default:
      return;
  }
}

function assignItem(
  follow: Follow,
  target: Extract<Expression, { kind: 'subscript' }>,
  value: Py,
  scope: Scope,
): void {
  const object = follow.evaluate(target.object, scope);
  const [index] = target.index;
  const at = index ? follow.evaluate(index, scope) : null;
  if (!at) return;
  if (object.kind === 'dictionary') object.entries.set(keyOf(at) ?? '', value);
  const place = numberIn(at);
  if (object.kind === 'list' && place !== null)
    object.items[place < 0 ? object.items.length + place : place] = value;
}

/** `a, *b = value`; of one tensor, every name gets it. */
function unpack(follow: Follow, targets: readonly Expression[], value: Py, scope: Scope): void {
  const items = iterated(value) ?? [];
  const star = targets.findIndex(({ kind }) => kind === 'starred');
  const spare = star < 0 ? 0 : items.length - targets.length;
  const missing = (target: Expression): Py =>
    value.kind === 'tensor' ? value : unknown(follow.reader.slice(target));
  for (const [index, target] of targets.entries()) {
    if (target.kind === 'starred')
      assign(follow, target.value, listOf(items.slice(index, index + spare + 1)), scope);
    else
      assign(follow, target, items[index > star ? index + spare : index] ?? missing(target), scope);
  }
}
