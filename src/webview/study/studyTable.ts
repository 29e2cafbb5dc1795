import type { RowOrder, SortKey } from '../../core/views/rowFilter.ts';
import type { StudyRow } from '../../core/views/studyRow.ts';
import { element } from '../shared/element.ts';
import type { Column } from './columns.ts';

/** What the table shows. */
export interface TableContent {
  readonly rows: readonly StudyRow[];
  readonly columns: readonly Column[];
  readonly order: RowOrder;
  readonly selected: ReadonlySet<string>;
  readonly stars: ReadonlySet<string>;
}

/** What the table asks for. */
export interface TableActions {
  readonly onSort: (key: SortKey) => void;
  readonly onOpen: (id: string) => void;
  readonly onStar: (id: string) => void;
  /** `extend`: the others stay selected. */
  readonly onSelect: (id: string, mode: 'only' | 'extend') => void;
}

const ROW_HEIGHT = 24;
/** Rows beyond the edges, so that a quick scroll shows no gap. */
const SPARE = 12;

/** A table of any length: only the rows in sight exist. Arrow keys move, Space selects, S stars, Enter opens. */
export class StudyTable {
  readonly node = element('div', { class: 'grid', attributes: { role: 'grid', 'aria-label': 'Attempts', 'aria-multiselectable': 'true' } });
  readonly #actions: TableActions;
  readonly #head = element('div', { class: 'grid-head', attributes: { role: 'rowgroup' } });
  readonly #body = element('div', { class: 'grid-body', attributes: { role: 'rowgroup', tabindex: '0' } });
  readonly #space = element('div', { class: 'grid-space' });
  readonly #rows = element('div', { class: 'grid-rows' });
  #content: TableContent = { rows: [], columns: [], order: { key: 'number', descending: true }, selected: new Set(), stars: new Set() };
  #active = 0;
  #frame = 0;

  constructor(actions: TableActions) {
    this.#actions = actions;
    this.#space.append(this.#rows);
    this.#body.append(this.#space);
    this.node.append(this.#head, this.#body);
    this.#body.addEventListener('scroll', () => { this.#later(); }, { passive: true });
    this.#body.addEventListener('keydown', (event) => { this.#onKey(event); });
    this.#rows.addEventListener('click', (event) => { this.#onClick(event); });
    // Rows may be made anew between the two clicks, so the row is the one that the first click reached.
    this.#rows.addEventListener('dblclick', (event) => { if (!(event.target as Element).closest('.star')) this.#open(); });
    new ResizeObserver(() => { this.#later(); }).observe(this.#body);
  }

  show(content: TableContent): void {
    const isOrdered = content.columns === this.#content.columns && content.order === this.#content.order;
    this.#content = content;
    this.#active = Math.min(this.#active, Math.max(0, content.rows.length - 1));
    this.#space.style.height = `${content.rows.length * ROW_HEIGHT}px`;
    this.node.setAttribute('aria-rowcount', String(content.rows.length + 1));
    if (!isOrdered || this.#head.childElementCount === 0) this.#drawHead();
    this.#draw();
  }

  /** Scrolls to an attempt, if it is among the rows. */
  reveal(id: string): void {
    const index = this.#content.rows.findIndex((row) => row.id === id);
    if (index !== -1) this.#goTo(index);
  }

  #drawHead(): void {
    const { columns, order } = this.#content;
    const cells = columns.map(({ key, title, isNumber, width }) => {
      const direction = key === order.key ? (order.descending ? 'descending' : 'ascending') : 'none';
      const sign = { ascending: ' ▲', descending: ' ▼', none: '' }[direction];
      const button = element('button', { class: 'link', text: `${title}${sign}`, attributes: { title: `Sort by ${title}` }, on: { click: () => { this.#actions.onSort(key); } } });
      const cell = element('div', { class: isNumber ? 'cell number' : 'cell', attributes: { role: 'columnheader', 'aria-sort': direction } }, button);
      cell.style.flexGrow = String(width);
      return cell;
    });
    const starHead = element('div', { class: 'star', attributes: { role: 'columnheader', 'aria-label': 'Star' } });
    this.#head.replaceChildren(element('div', { class: 'grid-row', attributes: { role: 'row' } }, starHead, ...cells));
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => { this.#frame = 0; this.#draw(); });
  }

  #draw(): void {
    const first = Math.max(0, Math.floor(this.#body.scrollTop / ROW_HEIGHT) - SPARE);
    const last = Math.min(this.#content.rows.length, first + Math.ceil(this.#body.clientHeight / ROW_HEIGHT) + 2 * SPARE);
    const shown = this.#content.rows.slice(first, last);
    this.#rows.style.transform = `translateY(${first * ROW_HEIGHT}px)`;
    this.#rows.replaceChildren(...shown.map((row, index) => this.#rowNode(row, first + index)));
    this.#body.setAttribute('aria-activedescendant', `row-${this.#active}`);
  }

  #rowNode(row: StudyRow, index: number): HTMLElement {
    const { columns, selected } = this.#content;
    const isSelected = selected.has(row.id);
    const cells = columns.map(({ text, isNumber, width, key }) => {
      const cell = element('div', { class: `cell${isNumber ? ' number' : ''}${key === 'verdict' ? ` verdict-${row.verdict}` : ''}`, text: text(row), attributes: { role: 'gridcell' } });
      cell.style.flexGrow = String(width);
      return cell;
    });
    const attributes = { role: 'row', id: `row-${index}`, 'aria-rowindex': String(index + 2), 'aria-selected': String(isSelected), 'data-id': row.id, title: row.title };
    return element('div', { class: `grid-row${isSelected ? ' selected' : ''}${index === this.#active ? ' active' : ''}`, attributes }, this.#starNode(row), ...cells);
  }

  #open(): void {
    const row = this.#content.rows[this.#active];
    if (row) this.#actions.onOpen(row.id);
  }

  #starNode({ id, number }: StudyRow): HTMLElement {
    const isStarred = this.#content.stars.has(id);
    const attributes = { 'aria-label': `Star of #${number}`, 'aria-pressed': String(isStarred), tabindex: '-1', title: isStarred ? 'Take the star away (S)' : 'Star it (S)' };
    return element('div', { class: `star${isStarred ? ' starred' : ''}`, attributes: { role: 'gridcell' } }, element('button', { class: 'link', text: isStarred ? '★' : '☆', attributes }));
  }

  #rowAt(event: Event): StudyRow | undefined {
    const id = (event.target as Element).closest<HTMLElement>('[data-id]')?.dataset.id;
    return this.#content.rows.find((row) => row.id === id);
  }

  #onClick(event: MouseEvent): void {
    const row = this.#rowAt(event);
    if (!row) return;
    if ((event.target as Element).closest('.star')) return void this.#actions.onStar(row.id);
    this.#active = this.#content.rows.indexOf(row);
    this.#actions.onSelect(row.id, event.ctrlKey || event.metaKey || event.shiftKey ? 'extend' : 'only');
  }

  #onKey(event: KeyboardEvent): void {
    const { rows } = this.#content;
    const row = rows[this.#active];
    const page = Math.max(1, Math.floor(this.#body.clientHeight / ROW_HEIGHT) - 1);
    const target = { ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page, PageUp: this.#active - page, Home: 0, End: rows.length - 1 }[event.key];
    if (target !== undefined) this.#goTo(Math.min(rows.length - 1, Math.max(0, target)));
    else if (event.key === ' ' && row) this.#actions.onSelect(row.id, 'extend');
    else if (event.key.toLowerCase() === 's' && row && !event.ctrlKey && !event.metaKey) this.#actions.onStar(row.id);
    else if (event.key === 'Enter' && row) this.#actions.onOpen(row.id);
    else return;
    event.preventDefault();
  }

  #goTo(index: number): void {
    this.#active = index;
    const [top, height] = [index * ROW_HEIGHT, this.#body.clientHeight];
    if (top < this.#body.scrollTop) this.#body.scrollTop = top;
    else if (top + ROW_HEIGHT > this.#body.scrollTop + height) this.#body.scrollTop = top + ROW_HEIGHT - height;
    this.#draw();
  }
}
