import {
  isFiltering,
  noFilter,
  type RowFilter,
  type SortKey,
} from '../../../show/views/rowFilter.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import type { Column } from './columns.ts';

/** What the bar above the table offers and shows. */
export interface FilterContent {
  readonly rows: readonly StudyRow[];
  readonly shown: number;
  readonly selected: number;
  readonly filter: RowFilter;
  readonly columns: readonly Column[];
  readonly chosen: readonly SortKey[];
}

/** What it asks for. */
export interface FilterActions {
  readonly onFilter: (filter: RowFilter) => void;
  readonly onColumns: (keys: readonly SortKey[]) => void;
  readonly onCompare: () => void;
}

/** Filters, the choice of columns, and how many rows are left; a filter that is on is marked. */
export class FilterBar {
  readonly node = element('div', {
    class: 'bar',
    attributes: { role: 'toolbar', 'aria-label': 'Filters' },
  });
  readonly #actions: FilterActions;
  readonly #count = element('span', { class: 'note count', attributes: { 'aria-live': 'polite' } });
  readonly #compare: HTMLButtonElement;
  readonly #clear: HTMLButtonElement;
  #filter: RowFilter = noFilter;
  #kind = '';

  constructor(actions: FilterActions) {
    this.#actions = actions;
    this.#compare = element('button', {
      class: 'button',
      text: 'Compare',
      on: {
        click: () => {
          actions.onCompare();
        },
      },
    });
    this.#clear = element('button', {
      class: 'button filtering',
      text: 'Clear filters',
      on: {
        click: () => {
          this.#kind = '';
          actions.onFilter(noFilter);
        },
      },
    });
  }

  show(content: FilterContent): void {
    this.#filter = content.filter;
    const names = (key: 'verdict' | 'operator' | 'proposer'): readonly string[] =>
      [...new Set(content.rows.flatMap((row) => row[key] ?? []))].sort();
    const choices = {
      verdict: names('verdict'),
      operator: names('operator'),
      proposer: names('proposer'),
    };
    const keys = content.columns.map(({ key }) => key);
    const kind = JSON.stringify([choices, keys, content.chosen]);
    if (kind !== this.#kind) this.#build(choices, content);
    this.#kind = kind;
    const isOn = isFiltering(content.filter);
    this.#clear.hidden = !isOn;
    this.#count.textContent = isOn
      ? `${content.shown} of ${content.rows.length} attempts`
      : `${content.rows.length} attempts`;
    this.#compare.disabled = content.selected < 2;
    this.#compare.textContent = content.selected < 2 ? 'Compare' : `Compare ${content.selected}`;
    this.#compare.title =
      content.selected < 2
        ? 'Select two or more rows first: Space, or a click with Ctrl'
        : 'Open the selected attempts side by side';
  }

  #build(
    choices: Readonly<Record<'verdict' | 'operator' | 'proposer', readonly string[]>>,
    { columns, chosen }: FilterContent,
  ): void {
    const text = element('input', {
      attributes: { type: 'search', placeholder: 'Filter by text', 'aria-label': 'Filter by text' },
      on: {
        input: () => {
          this.#change({ text: text.value });
        },
      },
    });
    text.value = this.#filter.text;
    const picks = (['verdict', 'operator', 'proposer'] as const).map((key) =>
      this.#pick(key, choices[key]),
    );
    this.node.replaceChildren(
      text,
      ...picks,
      this.#starChoice(),
      this.#clear,
      this.#count,
      this.#columnChoice(columns, chosen),
      this.#compare,
    );
  }

  #pick(key: 'verdict' | 'operator' | 'proposer', names: readonly string[]): HTMLElement {
    const select = element(
      'select',
      {
        attributes: { 'aria-label': `Filter by ${key}` },
        on: {
          change: () => {
            this.#change({ [key]: select.value });
          },
        },
      },
      element('option', { text: `Any ${key}`, attributes: { value: '' } }),
      ...names.map((name) => element('option', { text: name, attributes: { value: name } })),
    );
    select.value = this.#filter[key];
    return select;
  }

  #starChoice(): HTMLElement {
    const box = element('input', {
      attributes: { type: 'checkbox' },
      on: {
        change: () => {
          this.#change({ starred: box.checked });
        },
      },
    });
    box.checked = this.#filter.starred;
    return element('label', { class: 'option' }, box, 'Starred');
  }

  #columnChoice(columns: readonly Column[], chosen: readonly SortKey[]): HTMLElement {
    const keys = new Set(chosen);
    const boxes = columns
      .filter(({ key }) => key !== 'number')
      .map(({ key, title }) => {
        const box = element('input', {
          attributes: { type: 'checkbox' },
          on: {
            change: () => {
              if (box.checked) keys.add(key);
              else keys.delete(key);
              this.#actions.onColumns(
                columns.map((column) => column.key).filter((other) => keys.has(other)),
              );
            },
          },
        });
        box.checked = keys.has(key);
        return element('label', { class: 'option' }, box, title);
      });
    const isOpen = this.node.querySelector('details')?.open === true;
    return element(
      'details',
      { class: 'columns', ...(isOpen && { attributes: { open: '' } }) },
      element('summary', { text: 'Columns' }),
      element('div', { class: 'popup' }, ...boxes),
    );
  }

  #change(part: Partial<RowFilter>): void {
    this.#filter = { ...this.#filter, ...part };
    this.#actions.onFilter(this.#filter);
  }
}
