import type { Form, Row } from './form.ts';
import { isText } from './plan.ts';
import type { Plan, Use } from './plan.ts';

/** So often a line has to stand before its epoch. */
const LEAST_AHEAD = 3;

/**
 * Forms without a counter that say something of the epoch whose lines come next: there were some
 * before the first line that names an epoch, there is one for each, and none behind the last.
 */
export function aheadOfEpochs(rows: readonly Row[], uses: Plan['uses']): ReadonlySet<Form> {
  const turns = turnsIn(rows, uses);
  const [first = -1, last = -1] = [turns[0], turns.at(-1)];
  const counts = new Map<Form, number>();
  for (const { form } of rows) counts.set(form, (counts.get(form) ?? 0) + 1);
  const behind = new Set(rows.slice(last + 1).map(({ form }) => form));
  const before = rows.slice(0, Math.max(0, first)).map(({ form }) => form);
  return new Set(
    before.filter(
      (form) =>
        isUncounted(form, uses.get(form)) &&
        counts.get(form) === turns.length &&
        turns.length >= LEAST_AHEAD &&
        !behind.has(form),
    ),
  );
}

const isUncounted = (form: Form, use: Use | undefined): boolean =>
  use?.counter === null && use.keys.length > 0 && isText(form) && !form.isBar && form.scope === '';

/** Where the lines that name an epoch begin to name another one. */
function turnsIn(rows: readonly Row[], uses: Plan['uses']): readonly number[] {
  let epoch = NaN;
  return rows.flatMap(({ form, values }, i) => {
    const { counter = null, keys = [] } = uses.get(form) ?? {};
    const own = counter === null || keys.length === 0 ? epoch : values[counter.index];
    const isTurn = own !== undefined && !Object.is(own, epoch);
    epoch = own ?? epoch;
    return isTurn ? [i] : [];
  });
}
