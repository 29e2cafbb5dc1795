import {
  arrange,
  noFilter,
  type RowFilter,
  type RowOrder,
  type SortKey,
} from '../../../show/views/rowFilter.ts';
import type { FromStudy, ToStudy } from '../../../show/views/studyMessages.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { Tabs } from '../shared/tabs.ts';
import { onThemeChange } from '../shared/theme.ts';
import { columnsFor, usualColumns, type Column } from './columns.ts';
import { CalibrationFigure, TradeOffFigure, type FigureContent } from './figures.ts';
import { effectFigure } from './effectFigure.ts';
import { ProgressFigure } from './progressFigure.ts';
import { FilterBar } from './filterBar.ts';
import { MapView } from './mapView.ts';
import { StudyTable } from './studyTable.ts';

/** What the user chose on the page, and what it is about. */
export interface StudyOptions {
  readonly modelPath: string;
  readonly tab: string;
  readonly filter: RowFilter;
  readonly order: RowOrder;
  readonly columns: readonly SortKey[];
}

/** What the page shows before the user chose anything. */
export const defaultStudyOptions: StudyOptions = {
  modelPath: '',
  tab: 'table',
  filter: noFilter,
  order: { key: 'number', descending: true },
  columns: usualColumns,
};

/** What the page is made with. */
export interface StudySurroundings {
  readonly options: StudyOptions;
  readonly onOptions: (options: StudyOptions) => void;
  readonly send: (message: FromStudy) => void;
}

type Objective = FigureContent['objective'];

/** The Study page: it holds the rows; tabs draw them when they are looked at. */
export class StudyView {
  readonly #surroundings: StudySurroundings;
  readonly #title = element('h1', { text: 'Study' });
  readonly #table: StudyTable;
  readonly #filterBar: FilterBar;
  readonly #progress = new ProgressFigure();
  readonly #tradeOff: TradeOffFigure;
  readonly #calibration: CalibrationFigure;
  readonly #effects = element('div');
  readonly #map: MapView;
  readonly #tabs: Tabs;
  #options: StudyOptions;
  #objective: Objective = { metric: 'val_loss', direction: 'minimize' };
  #columns: readonly Column[] = columnsFor('val_loss');
  #shownColumns: readonly Column[] = [];
  #rows: readonly StudyRow[] = [];
  #selected: ReadonlySet<string> = new Set();
  #stars: ReadonlySet<string> = new Set();
  #mapIsAsked = false;
  #canStar = true;

  constructor(root: HTMLElement, surroundings: StudySurroundings) {
    this.#surroundings = surroundings;
    this.#options = surroundings.options;
    const select = (id: string): void => {
      this.#select(id, 'only');
    };
    this.#table = new StudyTable({
      onSort: (key) => {
        this.#choose({
          order: {
            key,
            descending:
              key === this.#options.order.key ? !this.#options.order.descending : key === 'number',
          },
        });
      },
      onOpen: (id) => {
        surroundings.send({ kind: 'open', id });
      },
      onStar: (id) => {
        if (this.#canStar) surroundings.send({ kind: 'star', id });
      },
      onSelect: (id, mode) => {
        this.#select(id, mode);
      },
    });
    this.#filterBar = new FilterBar({
      onFilter: (filter) => {
        this.#choose({ filter });
      },
      onColumns: (columns) => {
        this.#choose({ columns });
      },
      onCompare: () => {
        surroundings.send({ kind: 'compare', ids: [...this.#selected] });
      },
    });
    [this.#tradeOff, this.#calibration, this.#map] = [
      new TradeOffFigure(select),
      new CalibrationFigure(select),
      new MapView(select),
    ];
    const onShow = (): void => {
      this.#draw();
    };
    this.#tabs = new Tabs(
      [
        {
          id: 'table',
          title: 'Attempts',
          node: element('div', { class: 'fill' }, this.#filterBar.node, this.#table.node),
          onShow,
        },
        { id: 'progress', title: 'Progress', node: this.#progress.node, onShow },
        { id: 'tradeoff', title: 'Trade-off', node: this.#tradeOff.node, onShow },
        { id: 'effects', title: 'Effects', node: this.#effects, onShow },
        { id: 'calibration', title: 'Calibration', node: this.#calibration.node, onShow },
        { id: 'map', title: 'Map', node: this.#map.node, onShow },
      ],
      this.#options.tab,
      (tab) => {
        this.#save({ tab });
      },
    );
    root.append(this.#title, this.#tabs.node);
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
      case 'map':
        return this.#map.place(message.map);
    }
  }

  #begin({ name, modelPath, objective, remote }: Extract<ToStudy, { kind: 'study' }>): void {
    this.#title.textContent =
      remote === null ? `Study ${name}` : `Study ${name}, fetched from ${remote}, read-only`;
    this.#canStar = remote === null;
    this.#save({ modelPath });
    if (objective.metric !== this.#objective.metric || this.#shownColumns.length === 0) {
      this.#columns = columnsFor(objective.metric);
      this.#chooseColumns();
    }
    this.#objective = objective;
  }

  #take({ from, total, rows }: Extract<ToStudy, { kind: 'rows' }>): void {
    this.#rows = [...this.#rows.slice(0, from), ...rows];
    if (this.#rows.length < total && from > 0 && this.#tabs.current !== 'table') return;
    this.#mapIsAsked = false;
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
    if (only !== undefined && selected.size === 1) this.#table.reveal(only);
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

  #draw(mode: 'update' | 'renew' = 'update'): void {
    const content: FigureContent = {
      rows: this.#rows,
      objective: this.#objective,
      selected: this.#selected,
    };
    switch (this.#tabs.current) {
      case 'table':
        return this.#drawTable();
      case 'progress':
        return this.#progress.draw(content, mode);
      case 'tradeoff':
        return this.#tradeOff.draw(content);
      case 'effects':
        return this.#effects.replaceChildren(effectFigure(content));
      case 'calibration':
        return this.#calibration.draw(content);
      default:
        return this.#drawMap(content);
    }
  }

  #drawTable(): void {
    const { filter, order, columns } = this.#options;
    const rows = arrange(this.#rows, filter, order, this.#stars);
    this.#filterBar.show({
      rows: this.#rows,
      shown: rows.length,
      selected: this.#selected.size,
      filter,
      columns: this.#columns,
      chosen: columns,
    });
    this.#table.show({
      rows,
      columns: this.#shownColumns,
      order,
      selected: this.#selected,
      stars: this.#stars,
      canStar: this.#canStar,
    });
  }

  #drawMap(content: FigureContent): void {
    if (!this.#mapIsAsked && this.#rows.length > 0) this.#surroundings.send({ kind: 'map' });
    this.#mapIsAsked = true;
    this.#map.draw(content);
  }
}
