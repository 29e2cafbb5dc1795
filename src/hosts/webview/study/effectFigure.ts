import { formatChange } from '../../../record/format.ts';
import { effectTable, type EffectCell, type EffectTable } from '../../../show/views/effectTable.ts';
import { element } from '../shared/element.ts';
import type { FigureContent, Objective } from './figures.ts';
import { betterWord, gainOf } from '../../../study/objective.ts';

/** Operator × finding as a table whose colours and numbers say the same. */
export function effectFigure({ rows, objective }: FigureContent): HTMLElement {
  const table = effectTable(rows);
  if (table.operators.length === 0)
    return element('p', { class: 'empty', text: 'No operator was tried yet.' });
  const head = element(
    'tr',
    {},
    element('th'),
    ...table.findings.map((finding) =>
      element('th', { text: finding, attributes: { scope: 'col' } }),
    ),
  );
  const body = table.operators.map((operator) =>
    element(
      'tr',
      {},
      element('th', { text: operator, attributes: { scope: 'row' } }),
      ...table.findings.map((finding) =>
        effectCell(table.cell(operator, finding), table, objective),
      ),
    ),
  );
  const caption =
    `Mean effect on ${objective.metric} where an operator answered a finding; in brackets how ` +
    `often it was tried. ${betterWord(objective) === 'lower' ? 'Below' : 'Above'} zero is ` +
    'better.';
  return element(
    'div',
    { class: 'scrolled' },
    element(
      'table',
      { class: 'heat' },
      element('caption', { text: caption }),
      element('thead', {}, head),
      element('tbody', {}, ...body),
    ),
  );
}

function effectCell(
  cell: EffectCell | null,
  { largest }: EffectTable,
  objective: Objective,
): HTMLElement {
  if (!cell) return element('td', { class: 'none', text: '' });
  if (cell.effect === null)
    return element('td', {
      text: `– (${cell.tries})`,
      attributes: { title: 'tried, not measured' },
    });
  const gain = gainOf(cell.effect, objective);
  const strength = largest > 0 ? Math.ceil((Math.abs(gain) / largest) * 3) : 0;
  const side = gain > 0 ? 'gain' : 'harm';
  return element('td', {
    class: strength > 0 ? `${side}-${strength}` : '',
    text: `${formatChange(cell.effect)} (${cell.tries})`,
    attributes: { title: `${cell.better} of ${cell.tries} judged better` },
  });
}
