import type { Rows } from '../../../show/views/attemptRows.ts';
import { element } from '../shared/element.ts';

/** Columns of numbers stand at the right, sign under sign. */
export function table([head, ...rows]: Rows): readonly HTMLElement[] {
  if (!head) return [];
  const classes = head.map((_, column) =>
    rows.every((cells) => isNumber(cells[column] ?? '')) ? 'number' : '',
  );
  const cellsOf = (tag: 'td' | 'th', texts: readonly string[]): readonly HTMLElement[] =>
    texts.map((text, column) =>
      element(tag, {
        class: classes[column] ?? '',
        text,
        ...(tag === 'th' && { attributes: { scope: 'col' } }),
      }),
    );
  return [
    element(
      'div',
      { class: 'scrolled' },
      element(
        'table',
        { class: 'plain' },
        element('thead', {}, element('tr', {}, ...cellsOf('th', head))),
        element('tbody', {}, ...rows.map((cells) => element('tr', {}, ...cellsOf('td', cells)))),
      ),
    ),
  ];
}

const isNumber = (text: string): boolean => /^(?:–|[+−]?\d[\d.]*(?:e[+-]\d+)?)$/.test(text);

/** A list of texts; nothing of none. */
export const bullets = (texts: readonly string[]): readonly HTMLElement[] =>
  texts.length === 0 ? [] : [element('ul', {}, ...texts.map((text) => element('li', { text })))];

/** A long text that opens on request. */
export const folded = (title: string, text: string): HTMLElement =>
  element(
    'details',
    {},
    element('summary', { text: title }),
    element('pre', { text, attributes: { tabindex: '0' } }),
  );

/** A titled section; nothing where it has no content. */
export const section = (title: string, content: readonly HTMLElement[]): readonly HTMLElement[] =>
  content.length === 0 ? [] : [element('section', {}, element('h2', { text: title }), ...content)];
