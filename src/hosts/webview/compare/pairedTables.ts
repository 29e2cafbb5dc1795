import { formatChange, formatNumber } from '../../../record/format.ts';
import type { CompareDocument } from '../../../show/views/compareDocument.ts';
import type { PairedRow } from '../../../show/views/pairedRow.ts';
import { element } from '../shared/element.ts';

/** Every other attempt against the first, on the seeds both have. */
export const pairedTables = ({
  attempts,
  paired,
  curves,
}: CompareDocument): readonly HTMLElement[] =>
  paired.map((row) => pairedTable(row, attempts[0]?.label ?? '', curves.objective.metric));

function pairedTable(row: PairedRow, first: string, metric: string): HTMLElement {
  const { label, seeds, mean } = row;
  const caption = `${label} minus ${first}, ${metric}`;
  if (mean === null)
    return element('p', { class: 'empty', text: `${caption}: they share no seed.` });
  const head = element(
    'tr',
    {},
    ...['seed', first, label, 'difference'].map((text) =>
      element('th', { text, attributes: { scope: 'col' } }),
    ),
  );
  const rows = seeds.map((pair) =>
    element(
      'tr',
      {},
      element('th', { text: String(pair.seed), attributes: { scope: 'row' } }),
      ...[formatNumber(pair.first), formatNumber(pair.other), formatChange(pair.difference)].map(
        (text) => element('td', { text }),
      ),
    ),
  );
  return element(
    'div',
    { class: 'scrolled' },
    element(
      'table',
      { class: 'values' },
      element('caption', { text: caption }),
      element('thead', {}, head),
      element('tbody', {}, ...rows),
      element('tfoot', {}, meanRow(row, mean)),
    ),
  );
}

function meanRow({ interval, confidence }: PairedRow, mean: number): HTMLElement {
  const range = interval
    ? `${formatNumber(confidence * 100)} % interval ${interval.map(formatChange).join(' to ')}`
    : 'no interval from one seed';
  return element(
    'tr',
    {},
    element('th', { text: 'mean', attributes: { scope: 'row' } }),
    element('td', { text: range, attributes: { colspan: '2' } }),
    element('td', { text: formatChange(mean) }),
  );
}
