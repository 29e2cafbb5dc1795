import type { CompareDocument } from '../../../show/views/compareDocument.ts';
import type { ComparedLayer } from '../../../show/views/alignLayers.ts';
import { element } from '../shared/element.ts';

/** The architectures side by side, a row for each layer; a row in which they differ is marked. */
export function layersTable(
  { attempts, layers }: CompareDocument,
  onOpen: (id: string) => void,
): HTMLElement {
  if (layers.length === 0)
    return element('p', {
      class: 'empty',
      text: 'No builder of these could be read layer by layer.',
    });
  const head = element(
    'tr',
    {},
    element('th', { text: 'layer' }),
    ...attempts.map((attempt) => attemptHead(attempt, onOpen)),
  );
  const rows = layers.map(({ cells, isSame }, index) =>
    element(
      'tr',
      { class: isSame ? '' : 'differs' },
      element('th', {
        text: `${index + 1}${isSame ? '' : ' ≠'}`,
        attributes: { scope: 'row', title: isSame ? 'the same in all' : 'differs' },
      }),
      ...cells.map(layerCell),
    ),
  );
  return sideBySide(head, rows);
}

function attemptHead(
  { id, label, verdict }: CompareDocument['attempts'][number],
  onOpen: (id: string) => void,
): HTMLElement {
  const open = (): void => {
    onOpen(id);
  };
  return element(
    'th',
    { attributes: { scope: 'col' } },
    element('button', { class: 'link', text: label, on: { click: open } }),
    element('span', { class: 'note', text: ` ${verdict}` }),
  );
}

/** A table with a row a place and a column an attempt. */
export const sideBySide = (head: HTMLElement, rows: readonly HTMLElement[]): HTMLElement =>
  element(
    'div',
    { class: 'scrolled' },
    element('table', { class: 'sides' }, element('thead', {}, head), element('tbody', {}, ...rows)),
  );

function layerCell(layer: ComparedLayer | null): HTMLElement {
  if (!layer)
    return element('td', { class: 'missing', text: '–', attributes: { title: 'no such layer' } });
  return element(
    'td',
    {},
    element('code', { text: layer.text }),
    element('div', {
      class: 'note',
      text: `${layer.shape} · ${layer.parameters} parameters · ${layer.flops}`,
    }),
  );
}
