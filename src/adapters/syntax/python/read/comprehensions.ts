import type { ComprehensionFor, Expression } from '../code/tree.ts';
import { keyOf } from './constants.ts';
import type { Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import type { Py } from './py.ts';
import { Scope } from './scope.ts';
import { listOf, truth, unknown } from './values.ts';

type Comprehension = Extract<Expression, { kind: 'comprehension' }>;

/** Every round of a comprehension, where the source tells how many there are. */
export function comprehension(follow: Follow, expression: Comprehension, scope: Scope): Py {
  const found: Py[][] = [];
  const inner = new Scope(scope);
  const known = everyRound(follow, expression.loops, inner, () => {
    found.push(expression.element.map((part) => follow.evaluate(part, inner)));
  });
  if (!known) return unknownComprehension(follow, expression, inner);
  if (expression.form === 'list') return listOf(found.flatMap(([item]) => item ?? []));
  const entries = new Map<string, Py>();
  for (const [key, value] of found) if (key && value) entries.set(keyOf(key) ?? '', value);
  return { kind: 'dictionary', entries };
}

/** How many there are is not known: one, of which it is not known whether it is there. */
function unknownComprehension(follow: Follow, expression: Comprehension, inner: Scope): Py {
  const { ledger, reader } = follow;
  const before = ledger.drafts;
  const one = ledger.uncertainly(() => {
    for (const { target } of expression.loops)
      follow.assign(target, unknown(reader.slice(target)), inner);
    return expression.element.map((part) => follow.evaluate(part, inner));
  });
  if (ledger.drafts === before) return unknown(reader.slice(expression));
  const loop = expression.loops[0]?.iterable;
  const over = loop ? reader.slice(loop) : '';
  ledger.obstacle(expression.span, `how often the loop over \`${over}\` runs is not known`);
  return listOf(one);
}

/** Runs `body` for every item of every loop; `false` where the source does not tell the items. */
function everyRound(
  follow: Follow,
  loops: readonly ComprehensionFor[],
  scope: Scope,
  body: () => void,
): boolean {
  const [loop, ...inner] = loops;
  if (!loop) {
    body();
    return true;
  }
  const items = iterated(follow.evaluate(loop.iterable, scope));
  if (!items || items.length > 512) return false;
  return items.every((item) => {
    follow.assign(loop.target, item, scope);
    const wanted = loop.conditions.every((it) => truth(follow.evaluate(it, scope)) !== false);
    return !wanted || everyRound(follow, inner, scope, body);
  });
}
