import { formatNumber } from '../../../record/format.ts';
import type { CurveRun } from '../../../show/views/curvesDocument.ts';
import { element } from '../shared/element.ts';
import { epochsOf } from './families.ts';

const NEWEST = 1000;

/**
 * The curves as numbers, the newest epoch first: what charts show, for those who would rather read.
 */
export function curvesTable(runs: readonly CurveRun[]): HTMLElement {
  const columns = runs.flatMap((run) =>
    Object.entries(run.bands).map(([key, { mean }]) => ({ key, run, mean })),
  );
  const epochs = epochsOf(runs);
  const shown = Array.from({ length: Math.min(epochs, NEWEST) }, (_, index) => epochs - 1 - index);
  const head = element(
    'tr',
    {},
    element('th', { text: 'epoch', attributes: { scope: 'col' } }),
    ...columns.map(({ key, run }) =>
      element(
        'th',
        { attributes: { scope: 'col' } },
        key,
        element('span', { class: 'note', text: ` ${run.label}` }),
      ),
    ),
  );
  const rows = shown.map((index) =>
    element(
      'tr',
      {},
      element('th', { text: String(index + 1), attributes: { scope: 'row' } }),
      ...columns.map(({ mean }) => element('td', { text: valueText(mean[index]) })),
    ),
  );
  const newest = epochs > NEWEST ? `, the newest ${NEWEST} of ${epochs} epochs` : '';
  const caption = `Means over the seeds${newest}`;
  return element(
    'table',
    { class: 'values' },
    element('caption', { text: caption }),
    element('thead', {}, head),
    element('tbody', {}, ...rows),
  );
}

const valueText = (value: number | null | undefined): string =>
  typeof value === 'number' ? formatNumber(value) : '–';
