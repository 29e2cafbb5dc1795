import { costText, formatNumber } from '../../../record/format.ts';
import type { ShownSearch } from '../../../show/views/searchMessages.ts';
import { element } from '../shared/element.ts';

/** What trains now. */
export function runningList({ running, epochs }: ShownSearch): readonly HTMLElement[] {
  if (running.length === 0) return [];
  const rows = running.map(({ text, epoch, value }) => {
    const reached = value === null ? '' : `, ${formatNumber(value)}`;
    const name = text === '' ? 'the model as it is' : text;
    return element('li', {
      text: `${name} – ${epoch === 0 ? 'starting' : `epoch ${epoch} of ${epochs}`}${reached}`,
    });
  });
  return [element('h2', { text: 'Running' }), element('ul', {}, ...rows)];
}

/** Whole runs that nothing beats in both the objective and parameters. */
export function frontTable({ front, objective }: ShownSearch): readonly HTMLElement[] {
  if (front.length === 0) return [];
  const head = ['#', objective.metric, 'parameters', 'what differs'];
  const rows = front.map(({ number, value, parameters, text }) => [
    String(number),
    formatNumber(value),
    parameters === null ? '–' : parameters.toLocaleString('en'),
    text === '' ? 'as it is' : text,
  ]);
  const cells = (tag: 'th' | 'td', texts: readonly string[]): readonly HTMLElement[] =>
    texts.map((text, column) =>
      element(tag, { text, class: column < head.length - 1 ? 'number' : '' }),
    );
  return [
    element('h2', { text: 'Front: fewest parameters for what they reach' }),
    element(
      'table',
      {},
      element('thead', {}, element('tr', {}, ...cells('th', head))),
      element('tbody', {}, ...rows.map((row) => element('tr', {}, ...cells('td', row)))),
    ),
  ];
}

/** What a language model brought so far, and what it took; empty where none takes part. */
export function partnerText({ partner }: ShownSearch): string {
  if (!partner) return '';
  const { name, suggested, cost } = partner;
  return cost
    ? `${name} takes part: it suggested ${suggested} of them, ${costText(cost)}.`
    : `${name} takes part: it has not answered yet.`;
}
