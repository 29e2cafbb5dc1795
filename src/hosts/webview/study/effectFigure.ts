import { formatChange } from '../../../record/format.ts';
import { effectTable, type EffectCell, type EffectTable } from '../../../show/views/effectTable.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import { sweptImportance } from '../../../show/views/sweptImportance.ts';
import { element } from '../shared/element.ts';
import { importanceBars } from '../shared/importanceBars.ts';
import type { FigureContent, Objective } from './figures.ts';
import { betterWord, gainOf } from '../../../study/objective.ts';

/** The newest search as its record has it. */
export type Sweep = Extract<ToStudy, { kind: 'sweep' }>;

/** What mattered: the operators, and of the newest search the numbers. */
export function effectFigure(content: FigureContent, sweep: Sweep | null): readonly HTMLElement[] {
  return [...operatorTable(content), ...(sweep ? numbersOf(sweep, content.objective) : [])];
}

const numbersOf = (
  { number, configurations }: Sweep,
  objective: Objective,
): readonly HTMLElement[] =>
  importanceBars(
    sweptImportance(configurations, objective),
    `What made the difference in the search #${number}`,
  );

/** Operator × finding as a table whose colours and numbers say the same. */
function operatorTable({ rows, objective }: FigureContent): readonly HTMLElement[] {
  const table = effectTable(rows, objective);
  if (table.operators.length === 0)
    return [element('p', { class: 'empty', text: 'No operator was tried yet.' })];
  const head = element(
    'tr',
    {},
    element('th'),
    element('th', { text: 'on the whole', attributes: { scope: 'col' } }),
    ...table.findings.map((finding) =>
      element('th', { text: finding, attributes: { scope: 'col' } }),
    ),
  );
  const body = table.operators.map((operator) =>
    element(
      'tr',
      {},
      element('th', { text: operator, attributes: { scope: 'row' } }),
      effectCell(table.whole(operator), table, objective),
      ...table.findings.map((finding) =>
        effectCell(table.cell(operator, finding), table, objective),
      ),
    ),
  );
  const side = betterWord(objective) === 'lower' ? 'Below' : 'Above';
  const caption =
    `Mean effect of each operator on ${objective.metric}, the most helpful first: on the whole, ` +
    `and where it answered a finding. In brackets how often it was tried. ${side} zero is better.`;
  return [
    element('p', { class: 'note', text: caption }),
    element(
      'div',
      { class: 'scrolled' },
      element(
        'table',
        { class: 'heat' },
        element('thead', {}, head),
        element('tbody', {}, ...body),
      ),
    ),
  ];
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
