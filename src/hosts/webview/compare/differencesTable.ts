import type { CompareDocument } from '../../../show/views/compareDocument.ts';
import { element } from '../shared/element.ts';
import { sideBySide } from './tables.ts';

/** Optimiser, loss, configuration: only what differs. */
export function differencesTable({ attempts, differences }: CompareDocument): HTMLElement {
  if (differences.length === 0)
    return element('p', {
      class: 'empty',
      text: 'None: optimiser, loss and configuration are the same.',
    });
  const head = element(
    'tr',
    {},
    element('th'),
    ...attempts.map(({ label }) => element('th', { text: label, attributes: { scope: 'col' } })),
  );
  const rows = differences.map(({ name, values }) =>
    element(
      'tr',
      {},
      element('th', { text: name, attributes: { scope: 'row' } }),
      ...values.map((value) => element('td', {}, element('code', { text: value }))),
    ),
  );
  return sideBySide(head, rows);
}
