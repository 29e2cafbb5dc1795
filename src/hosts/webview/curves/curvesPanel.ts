import type { CurveRun, CurvesDocument } from '../../../show/views/curvesDocument.ts';
import { element } from '../shared/element.ts';
import { onThemeChange } from '../shared/theme.ts';
import { CurvesLegend } from './curvesLegend.ts';
import { curvesTable } from './curvesTable.ts';
import { FamilyChart } from './familyChart.ts';
import { familiesOf, usualFamilies } from './families.ts';
import { CROWD, lacksBand, looksOf } from './look.ts';
import { optionsBar, type CurvesOptions } from './optionsBar.ts';

/** What a panel of curves is made with. */
export interface PanelSurroundings {
  readonly options: CurvesOptions;
  readonly onOptions: (options: CurvesOptions) => void;
  /** A run's name was chosen. */
  readonly onOpen: (id: string) => void;
}

/** Curves of several runs: options, a legend that reads values, charts, and the same as a table. */
export class CurvesPanel {
  readonly #surroundings: PanelSurroundings;
  readonly #bar = element('div');
  readonly #legend: CurvesLegend;
  readonly #charts = element('div', { class: 'charts' });
  readonly #crowd = element('p', {
    class: 'note',
    text: `Bands are drawn for up to ${CROWD} runs.`,
  });
  readonly #table = element('div', { class: 'scrolled' });
  #options: CurvesOptions;
  #document: CurvesDocument | null = null;
  #familyCharts: readonly FamilyChart[] = [];
  #cursor: number | null = null;
  #frame = 0;
  #shownFamilies = '';

  constructor(parent: HTMLElement, surroundings: PanelSurroundings) {
    this.#surroundings = surroundings;
    this.#options = surroundings.options;
    this.#legend = new CurvesLegend({
      onOpen: surroundings.onOpen,
      onHide: (id, isHidden) => {
        this.#hide(id, isHidden);
      },
    });
    parent.append(this.#charts, this.#crowd, this.#legend.node, this.#bar, this.#table);
    onThemeChange(() => {
      this.#draw('renew');
    });
  }

  /** Shows a document; runs that stay are only drawn further. */
  show(document: CurvesDocument): void {
    this.#document = document;
    this.#cursor = null;
    this.#layOut();
  }

  /** Replaces the runs that train; drawn with the next frame, however many come before it. */
  update(runs: readonly CurveRun[]): void {
    if (!this.#document) return;
    const others = this.#document.runs.filter(({ roles }) => !roles.includes('running'));
    this.#document = { ...this.#document, runs: [...runs, ...others] };
    this.#frame ||= requestAnimationFrame(() => {
      this.#layOut();
    });
  }

  #layOut(): void {
    this.#frame = 0;
    const document = this.#document;
    if (!document) return;
    const all = familiesOf(document);
    const chosen = this.#options.families.filter((family) => all.includes(family));
    const families = chosen.length > 0 ? chosen : usualFamilies(document);
    const shown = JSON.stringify([all, families, this.#options.isTable]);
    if (shown !== this.#shownFamilies) this.#build(all, families);
    this.#shownFamilies = shown;
    this.#draw('update');
  }

  #build(all: readonly string[], families: readonly string[]): void {
    this.#bar.replaceChildren(
      optionsBar({ all, families }, this.#options, (options) => {
        this.#choose(options);
      }),
    );
    for (const chart of this.#familyCharts) chart.dispose();
    const onCursor = (index: number | null): void => {
      this.#moveTo(index);
    };
    this.#familyCharts = this.#options.isTable
      ? []
      : families.map((family) => new FamilyChart(family, onCursor));
    this.#charts.replaceChildren(...this.#familyCharts.map(({ node }) => node));
    this.#table.replaceChildren();
  }

  #draw(mode: 'update' | 'renew'): void {
    const document = this.#document;
    if (!document) return;
    const looks = looksOf(document.runs);
    const runs = document.runs.filter(({ id }) => !this.#options.hidden.includes(id));
    for (const chart of this.#familyCharts)
      chart.draw({ runs, looks, options: this.#options }, mode);
    this.#crowd.hidden = this.#options.isTable || !runs.some((run) => lacksBand(run, runs));
    const families = this.#options.isTable
      ? familiesOf(document)
      : this.#familyCharts.map(({ family }) => family);
    this.#legend.show({ runs: document.runs, looks, hidden: this.#options.hidden, families });
    this.#legend.read(this.#cursor);
    if (this.#options.isTable) this.#table.replaceChildren(curvesTable(runs));
  }

  #moveTo(index: number | null): void {
    if (index === this.#cursor) return;
    this.#cursor = index;
    this.#legend.read(index);
  }

  #hide(id: string, isHidden: boolean): void {
    const rest = this.#options.hidden.filter((other) => other !== id);
    this.#choose({ ...this.#options, hidden: isHidden ? [...rest, id].slice(-100) : rest });
  }

  #choose(options: CurvesOptions): void {
    this.#options = options;
    this.#surroundings.onOptions(options);
    this.#layOut();
  }
}
