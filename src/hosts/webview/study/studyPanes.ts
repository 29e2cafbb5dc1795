import type { StudyMap } from '../../../show/views/studyMap.ts';
import { element } from '../shared/element.ts';
import { Tabs } from '../shared/tabs.ts';
import { effectFigure, type Sweep } from './effectFigure.ts';
import { TradeOffFigure, type FigureContent } from './figures.ts';
import { CalibrationFigure } from './calibrationFigure.ts';
import { FilterBar, type FilterActions, type FilterContent } from './filterBar.ts';
import { MapView } from './mapView.ts';
import { ProgressFigure } from './progressFigure.ts';
import { StudyTable, type TableActions, type TableContent } from './studyTable.ts';

/** What the panes ask for. */
export interface PaneActions {
  readonly table: TableActions;
  readonly filters: FilterActions;
  readonly onSelect: (id: string) => void;
  readonly onTab: (tab: string) => void;
  /** A tab was opened and wants its content. */
  readonly onShow: () => void;
}

/** The tabs of the Study page and what stands in them; only the one in sight is drawn. */
export class StudyPanes {
  readonly #table: StudyTable;
  readonly #filterBar: FilterBar;
  readonly #progress = new ProgressFigure();
  readonly #tradeOff: TradeOffFigure;
  readonly #effects = element('div');
  #sweep: Sweep | null = null;
  readonly #calibration: CalibrationFigure;
  readonly #map: MapView;
  readonly #tabs: Tabs;

  constructor(tab: string, { table, filters, onSelect, onTab, onShow }: PaneActions) {
    this.#table = new StudyTable(table);
    this.#filterBar = new FilterBar(filters);
    this.#tradeOff = new TradeOffFigure(onSelect);
    this.#calibration = new CalibrationFigure(onSelect);
    this.#map = new MapView(onSelect);
    const attempts = element('div', { class: 'fill' }, this.#filterBar.node, this.#table.node);
    this.#tabs = new Tabs(
      [
        { id: 'table', title: 'Attempts', node: attempts, onShow },
        { id: 'progress', title: 'Progress', node: this.#progress.node, onShow },
        { id: 'tradeoff', title: 'Trade-off', node: this.#tradeOff.node, onShow },
        { id: 'effects', title: 'Effects', node: this.#effects, onShow },
        { id: 'calibration', title: 'Calibration', node: this.#calibration.node, onShow },
        { id: 'map', title: 'Map', node: this.#map.node, onShow },
      ],
      tab,
      onTab,
    );
  }

  get node(): HTMLElement {
    return this.#tabs.node;
  }

  /** The tab in sight. */
  get current(): string {
    return this.#tabs.current;
  }

  drawTable(table: TableContent, filters: FilterContent): void {
    this.#filterBar.show(filters);
    this.#table.show(table);
  }

  /** Scrolls the table to an attempt. */
  reveal(id: string): void {
    this.#table.reveal(id);
  }

  /** The places on the map, once they are known. */
  place(map: StudyMap): void {
    this.#map.place(map);
  }

  /** What the newest search tried, once it is known. */
  takeSweep(sweep: Sweep): void {
    this.#sweep = sweep;
  }

  /** Draws whichever figure is in sight. */
  drawFigure(content: FigureContent, mode: 'update' | 'renew'): void {
    switch (this.#tabs.current) {
      case 'progress':
        return this.#progress.draw(content, mode);
      case 'tradeoff':
        return this.#tradeOff.draw(content);
      case 'effects':
        return this.#effects.replaceChildren(...effectFigure(content, this.#sweep));
      case 'calibration':
        return this.#calibration.draw(content);
      default:
        return this.#map.draw(content);
    }
  }
}
