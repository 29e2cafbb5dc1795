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
