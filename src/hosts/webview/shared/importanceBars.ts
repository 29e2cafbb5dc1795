import type { ShownSearch } from '../../../show/views/searchMessages.ts';
import { element } from './element.ts';

const LEAST = 0.02;
const MOST = 8;

/** How much of the differences between configurations each thing that was turned explains. */
export function importanceBars(
  importance: ShownSearch['importance'],
  title: string,
): readonly HTMLElement[] {
  const told = importance.filter(({ share }) => share >= LEAST).slice(0, MOST);
  if (told.length === 0) return [];
  const rows = told.map(({ name, share }) =>
    element(
      'div',
      { class: 'importance' },
      element('span', { text: name }),
      element('meter', {
        attributes: { min: '0', max: '1', value: String(share), 'aria-label': name },
      }),
      element('span', { class: 'note', text: `${Math.round(100 * share)} %` }),
    ),
  );
  return [element('h2', { text: title }), ...rows];
}
