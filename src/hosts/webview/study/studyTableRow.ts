import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import type { Column } from './columns.ts';

/** What a row is drawn from besides itself. */
export interface RowContent {
  readonly columns: readonly Column[];
  readonly stars: ReadonlySet<string>;
  readonly badges: ReadonlyMap<string, string>;
  readonly canStar: boolean;
}

/** A row as it was drawn, and from what. */
export interface DrawnRow {
  readonly node: HTMLElement;
  readonly columns: readonly Column[];
  readonly star: Star;
  readonly badge: string;
}

type Star = 'starred' | 'unstarred' | 'fixed' | 'none';

/** Draws a row, or leaves it as it was drawn before where nothing in it changed. */
export function drawRow(
  row: StudyRow,
  content: RowContent,
  before: DrawnRow | undefined,
): DrawnRow {
  const { columns } = content;
  const star = starOf(row, content);
  const badge = content.badges.get(row.id) ?? '';
  const isSame = before?.columns === columns && before.star === star && before.badge === badge;
  if (isSame) return before;
  const attributes = { role: 'row', 'data-id': row.id, title: row.title };
  return {
    node: element(
      'div',
      { class: 'grid-row', attributes },
      starNode(row, star),
      ...columns.map((column) => cellNode(row, column, badge)),
    ),
    columns,
    star,
    badge,
  };
}

function starOf({ id }: StudyRow, { stars, canStar }: RowContent): Star {
  if (canStar) return stars.has(id) ? 'starred' : 'unstarred';
  return stars.has(id) ? 'fixed' : 'none';
}

function cellNode(
  row: StudyRow,
  { text, isNumber, width, key }: Column,
  badge: string,
): HTMLElement {
  const marks = key === 'title' && badge !== '' ? [badgeNode(badge)] : [];
  const kind = key === 'verdict' ? ` verdict-${row.verdict}` : '';
  const cell = element(
    'div',
    {
      class: `cell${isNumber ? ' number' : ''}${kind}`,
      attributes: { role: 'gridcell' },
    },
    ...marks,
    text(row),
  );
  cell.style.flexGrow = String(width);
  return cell;
}

const badgeNode = (text: string): HTMLElement => element('span', { class: 'badge', text });

function starNode({ number }: StudyRow, star: Star): HTMLElement {
  const isStarred = star === 'starred' || star === 'fixed';
  const options = { class: `star${isStarred ? ' starred' : ''}`, attributes: { role: 'gridcell' } };
  const text = isStarred ? '★' : '☆';
  if (star === 'none') return element('div', options);
  if (star === 'fixed') return element('div', { ...options, text });
  const attributes = {
    'aria-label': `Star of #${number}`,
    'aria-pressed': String(isStarred),
    tabindex: '-1',
    title: isStarred ? 'Take the star away (S)' : 'Star it (S)',
  };
  return element('div', options, element('button', { class: 'link', text, attributes }));
}
