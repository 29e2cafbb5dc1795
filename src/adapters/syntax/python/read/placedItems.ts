import type { Call, Expression } from '../code/tree.ts';
import type { Py, Site, ModelDraft } from './py.ts';

/** Items of a list or of a call's arguments, each with its place. */
export function placedItems(
  values: readonly Py[],
  written: readonly Expression[] | null,
  list: Call['span'],
): ModelDraft['items'] {
  const items = (written ?? []).map(({ span }) => span);
  const fits = written?.length === values.length && written.every((it) => it.kind !== 'starred');
  return values.map((value, index) => {
    const site: Site = fits ? { kind: 'item', list, items, index } : { kind: 'elsewhere' };
    return { value, site };
  });
}

/** Layers of `OrderedDict([("name", layer), …])` in their places; elsewhere in any other form. */
export function pairedItems(
  values: readonly Py[],
  written: Expression | undefined,
): ModelDraft['items'] {
  const list = written?.kind === 'call' ? written.arguments[0]?.value : undefined;
  const pairs = list?.kind === 'sequence' ? list.items : [];
  const fits =
    pairs.length === values.length &&
    pairs.every((pair) => pair.kind === 'sequence' && pair.items.length === 2);
  if (!list || !fits) return values.map((value) => ({ value, site: { kind: 'elsewhere' } }));
  const items = pairs.map(({ span }) => span);
  return values.map((value, index) => ({
    value,
    site: { kind: 'item', list: list.span, items, index, named: true },
  }));
}
