import type { RowOrder, SortKey } from '../../../show/views/rowFilter.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import type { Column } from './columns.ts';
import { drawRow, type DrawnRow } from './studyTableRow.ts';

/** What the table shows. */
export interface TableContent {
  readonly rows: readonly StudyRow[];
  readonly columns: readonly Column[];
  readonly order: RowOrder;
  readonly selected: ReadonlySet<string>;
  readonly stars: ReadonlySet<string>;
  /** What stands beside a title, e.g. `best`. */
  readonly badges: ReadonlyMap<string, string>;
  readonly canStar: boolean;
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

/**
 * A table of any length: only the rows in sight exist. Arrow keys move, Space selects, S stars,
 * Enter opens.
 */
export class StudyTable {
  readonly node = element('div', {
    class: 'grid',
    attributes: { role: 'grid', 'aria-label': 'Attempts', 'aria-multiselectable': 'true' },
  });
  readonly #actions: TableActions;
  readonly #head = element('div', { class: 'grid-head', attributes: { role: 'rowgroup' } });
  readonly #body = element('div', {
    class: 'grid-body',
    attributes: { role: 'rowgroup', tabindex: '0' },
  });
  readonly #space = element('div', { class: 'grid-space' });
  readonly #rows = element('div', { class: 'grid-rows' });
  #content: TableContent = {
    rows: [],
    columns: [],
    order: { key: 'number', descending: true },
    selected: new Set(),
    stars: new Set(),
    badges: new Map(),
    canStar: true,
  };
  #active = 0;
  #frame = 0;
  #drawn: ReadonlyMap<StudyRow, DrawnRow> = new Map();

  constructor(actions: TableActions) {
    this.#actions = actions;
    this.#space.append(this.#rows);
    this.#body.append(this.#space);
    this.node.append(this.#head, this.#body);
    this.#body.addEventListener(
      'scroll',
      () => {
        this.#later();
      },
      { passive: true },
    );
    this.#body.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.#rows.addEventListener('click', (event) => {
      this.#onClick(event);
    });
    this.#rows.addEventListener('dblclick', (event) => {
      if (!(event.target as Element).closest('.star')) this.#open();
    });
    new ResizeObserver(() => {
      this.#later();
    }).observe(this.#body);
  }

  show(content: TableContent): void {
    const isOrdered =
      content.columns === this.#content.columns && content.order === this.#content.order;
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
      const direction =
        key === order.key ? (order.descending ? 'descending' : 'ascending') : 'none';
      const sign = { ascending: ' ▲', descending: ' ▼', none: '' }[direction];
      const button = element('button', {
        class: 'link',
        text: `${title}${sign}`,
        attributes: { title: `Sort by ${title}` },
        on: {
          click: () => {
            this.#actions.onSort(key);
          },
        },
      });
      const cell = element(
        'div',
        {
          class: isNumber ? 'cell number' : 'cell',
          attributes: { role: 'columnheader', 'aria-sort': direction },
        },
        button,
      );
      cell.style.flexGrow = String(width);
      return cell;
    });
    const starHead = element('div', {
      class: 'star',
      attributes: { role: 'columnheader', 'aria-label': 'Star' },
    });
    this.#head.replaceChildren(
      element('div', { class: 'grid-row', attributes: { role: 'row' } }, starHead, ...cells),
    );
  }

  #later(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(): void {
    const first = Math.max(0, Math.floor(this.#body.scrollTop / ROW_HEIGHT) - SPARE);
    const last = Math.min(
      this.#content.rows.length,
      first + Math.ceil(this.#body.clientHeight / ROW_HEIGHT) + 2 * SPARE,
    );
    const shown = this.#content.rows.slice(first, last);
    this.#rows.style.transform = `translateY(${first * ROW_HEIGHT}px)`;
    const before = this.#drawn;
    this.#drawn = new Map(shown.map((row) => [row, drawRow(row, this.#content, before.get(row))]));
    this.#place([...this.#drawn.values()].map(({ node }) => node));
    for (const [index, row] of shown.entries()) this.#mark(row, first + index);
    this.#body.setAttribute('aria-activedescendant', `row-${this.#active}`);
  }

  /**
   * Rows that stay keep their nodes where they are: a press and its release, a click and the next,
   * reach the same one.
   */
  #place(nodes: readonly HTMLElement[]): void {
    const isSame =
      nodes.length === this.#rows.childElementCount &&
      nodes.every((node, index) => node === this.#rows.children[index]);
    if (!isSame) this.#rows.replaceChildren(...nodes);
  }

  #mark(row: StudyRow, index: number): void {
    const node = this.#drawn.get(row)?.node;
    if (!node) return;
    const isSelected = this.#content.selected.has(row.id);
    node.id = `row-${index}`;
    node.setAttribute('aria-rowindex', String(index + 2));
    node.setAttribute('aria-selected', String(isSelected));
    node.classList.toggle('selected', isSelected);
    node.classList.toggle('active', index === this.#active);
  }

  #open(): void {
    const row = this.#content.rows[this.#active];
    if (row) this.#actions.onOpen(row.id);
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
    this.#actions.onSelect(
      row.id,
      event.ctrlKey || event.metaKey || event.shiftKey ? 'extend' : 'only',
    );
  }

  #onKey(event: KeyboardEvent): void {
    const { rows } = this.#content;
    const row = rows[this.#active];
    const page = Math.max(1, Math.floor(this.#body.clientHeight / ROW_HEIGHT) - 1);
    const target = {
      ArrowDown: this.#active + 1,
      ArrowUp: this.#active - 1,
      PageDown: this.#active + page,
      PageUp: this.#active - page,
      Home: 0,
      End: rows.length - 1,
    }[event.key];
    if (target !== undefined) this.#goTo(Math.min(rows.length - 1, Math.max(0, target)));
    else if (event.key === ' ' && row) this.#actions.onSelect(row.id, 'extend');
    else if (event.key.toLowerCase() === 's' && row && !event.ctrlKey && !event.metaKey)
      this.#actions.onStar(row.id);
    else if (event.key === 'Enter' && row) this.#actions.onOpen(row.id);
    else return;
    event.preventDefault();
  }

  #goTo(index: number): void {
    this.#active = index;
    const [top, height] = [index * ROW_HEIGHT, this.#body.clientHeight];
    if (top < this.#body.scrollTop) this.#body.scrollTop = top;
    else if (top + ROW_HEIGHT > this.#body.scrollTop + height)
      this.#body.scrollTop = top + ROW_HEIGHT - height;
    this.#draw();
  }
}
