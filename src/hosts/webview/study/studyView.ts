import { arrange, measuresIn } from '../../../show/views/rowFilter.ts';
import type { FromStudy, ToStudy } from '../../../show/views/studyMessages.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { onThemeChange } from '../shared/theme.ts';
import { columnsFor, type Column } from './columns.ts';
import type { Objective } from './figures.ts';
import type { FilterActions } from './filterBar.ts';
import { badgesOf, standingText, type Standing } from './standingText.ts';
import type { StudyOptions } from './studyOptions.ts';
import { StudyPanes } from './studyPanes.ts';
import type { TableActions } from './studyTable.ts';

/** What the page is made with. */
export interface StudySurroundings {
  readonly options: StudyOptions;
  readonly onOptions: (options: StudyOptions) => void;
  readonly send: (message: FromStudy) => void;
}

/** The Study page: it holds the rows; tabs draw them when they are looked at. */
export class StudyView {
  readonly #surroundings: StudySurroundings;
  readonly #title = element('h1', { text: 'Study' });
  readonly #standingText = element('p', { class: 'note standing' });
  readonly #panes: StudyPanes;
  #options: StudyOptions;
  #objective: Objective = { metric: 'val_loss', direction: 'minimize' };
  #columns: readonly Column[] = [];
  #shownColumns: readonly Column[] = [];
  #rows: readonly StudyRow[] = [];
  #selected: ReadonlySet<string> = new Set();
  #stars: ReadonlySet<string> = new Set();
  #standing: Standing = { best: null, file: null, hasFile: false };
  readonly #asked = new Set<'map' | 'sweep'>();
  #canStar = true;

  constructor(root: HTMLElement, surroundings: StudySurroundings) {
    this.#surroundings = surroundings;
    this.#options = surroundings.options;
    this.#panes = new StudyPanes(surroundings.options.tab, {
      table: this.#tableActions(),
      filters: this.#filterActions(),
      onSelect: (id) => {
        this.#select(id, 'only');
      },
      onTab: (tab) => {
        this.#save({ tab });
      },
      onShow: () => {
        this.#draw();
      },
    });
    root.append(this.#title, this.#standingText, this.#panes.node);
    onThemeChange(() => {
      this.#draw('renew');
    });
  }

  /** Takes a message of the extension. */
  receive(message: ToStudy): void {
    switch (message.kind) {
      case 'study':
        return this.#begin(message);
      case 'rows':
        return this.#take(message);
      case 'selected':
        return this.#follow(new Set(message.ids));
      case 'stars':
        return this.#takeStars(new Set(message.ids));
      case 'standing':
        return this.#stand(message);
      case 'map':
        return this.#panes.place(message.map);
      case 'sweep':
        this.#panes.takeSweep(message);
        return this.#draw();
    }
  }

  #begin({ name, modelPath, objective, remote }: Extract<ToStudy, { kind: 'study' }>): void {
    this.#title.textContent =
      remote === null ? `Study ${name}` : `Study ${name}, fetched from ${remote}, read-only`;
    this.#canStar = remote === null;
    this.#save({ modelPath });
    this.#objective = objective;
    this.#readColumns();
  }

  /** Anew only where a column has come or gone: the table keeps the rows it has drawn. */
  #readColumns(): void {
    const columns = columnsFor(this.#objective.metric, measuresIn(this.#rows));
    const titles = ({ title }: Column): string => title;
    if (columns.map(titles).join() === this.#columns.map(titles).join()) return;
    this.#columns = columns;
    this.#chooseColumns();
  }

  #stand(standing: Standing): void {
    this.#standing = standing;
    this.#draw();
  }

  #take({ from, total, rows }: Extract<ToStudy, { kind: 'rows' }>): void {
    this.#rows = [...this.#rows.slice(0, from), ...rows];
    this.#readColumns();
    if (this.#rows.length < total && from > 0 && this.#panes.current !== 'table') return;
    this.#asked.clear();
    this.#draw();
  }

  #takeStars(stars: ReadonlySet<string>): void {
    this.#stars = stars;
    this.#draw();
  }

  #follow(selected: ReadonlySet<string>): void {
    this.#selected = selected;
    this.#draw();
    const [only] = selected;
    if (only !== undefined && selected.size === 1) this.#panes.reveal(only);
  }

  #select(id: string, mode: 'only' | 'extend'): void {
    const others = new Set(this.#selected);
    const isNew = !others.delete(id);
    this.#selected = new Set(mode === 'only' ? [id] : [...others, ...(isNew ? [id] : [])]);
    this.#surroundings.send({ kind: 'select', ids: [...this.#selected] });
    this.#draw();
  }

  #choose(part: Partial<StudyOptions>): void {
    this.#save(part);
    if (part.columns) this.#chooseColumns();
    this.#draw();
  }

  #save(part: Partial<StudyOptions>): void {
    this.#options = { ...this.#options, ...part };
    this.#surroundings.onOptions(this.#options);
  }

  #chooseColumns(): void {
    this.#shownColumns = this.#columns.filter(
      ({ key }) => key === 'number' || this.#options.columns.includes(key),
    );
  }

  #tableActions(): TableActions {
    const { send } = this.#surroundings;
    return {
      onSort: (key) => {
        const { key: current, descending } = this.#options.order;
        this.#choose({
          order: { key, descending: key === current ? !descending : key === 'number' },
        });
      },
      onOpen: (id) => {
        send({ kind: 'open', id });
      },
      onStar: (id) => {
        if (this.#canStar) send({ kind: 'star', id });
      },
      onSelect: (id, mode) => {
        this.#select(id, mode);
      },
    };
  }

  #filterActions(): FilterActions {
    return {
      onFilter: (filter) => {
        this.#choose({ filter });
      },
      onColumns: (columns) => {
        this.#choose({ columns });
      },
      onCompare: () => {
        this.#surroundings.send({ kind: 'compare', ids: [...this.#selected] });
      },
    };
  }

  #draw(mode: 'update' | 'renew' = 'update'): void {
    this.#standingText.textContent = standingText(this.#standing, this.#rows);
    const content = { rows: this.#rows, objective: this.#objective, selected: this.#selected };
    if (this.#panes.current === 'table') return this.#drawTable();
    if (this.#panes.current === 'map') this.#ask('map');
    if (this.#panes.current === 'effects') this.#ask('sweep');
    this.#panes.drawFigure(content, mode);
  }

  #drawTable(): void {
    const { filter, order, columns: chosen } = this.#options;
    const rows = arrange(this.#rows, filter, order, this.#stars);
    this.#panes.drawTable(
      {
        rows,
        columns: this.#shownColumns,
        order,
        selected: this.#selected,
        stars: this.#stars,
        badges: badgesOf(this.#standing),
        canStar: this.#canStar,
      },
      {
        rows: this.#rows,
        shown: rows.length,
        selected: this.#selected.size,
        filter,
        columns: this.#columns,
        chosen,
      },
    );
  }

  /** For what costs, and is made when it is looked at. */
  #ask(kind: 'map' | 'sweep'): void {
    if (!this.#asked.has(kind) && this.#rows.length > 0) this.#surroundings.send({ kind });
    this.#asked.add(kind);
  }
}
