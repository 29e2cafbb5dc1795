import { formatNumber } from '../../../record/format.ts';
import type { ToStudy } from '../../../show/views/studyMessages.ts';
import { paretoFront } from '../../../show/views/studyFigures.ts';
import type { StudyRow } from '../../../show/views/studyRow.ts';
import { element } from '../shared/element.ts';
import { ScatterChart } from '../shared/scatterChart.ts';
import type { ScatterPoint } from '../shared/scatterPoints.ts';
import type { ChartColor } from '../shared/theme.ts';

/** The objective of the study on the page. */
export type Objective = Extract<ToStudy, { kind: 'study' }>['objective'];

/** What the figures are drawn from. */
export interface FigureContent {
  readonly rows: readonly StudyRow[];
  readonly objective: Objective;
  readonly selected: ReadonlySet<string>;
}

/** Colours of verdicts, as the page's theme has them. */
export const verdictColors: Readonly<Partial<Record<StudyRow['verdict'], ChartColor>>> = {
  better: 'green',
  worse: 'red',
  baseline: 'blue',
  inconclusive: 'yellow',
};

/** `#12 batch norm: 0.0412, better`. */
export const pointLabel = (row: StudyRow): string =>
  `#${row.number} ${row.title}: ` +
  `${row.mean === null ? 'not measured' : formatNumber(row.mean)}, ${row.tag}`;

/** Parameters against the metric, with the front that nothing beats in both. */
export class TradeOffFigure {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #list = element('p', { class: 'note' });

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({
      title: 'Parameters and metric',
      height: 380,
      logarithmicX: true,
      onSelect,
    });
    this.node = element('div', {}, this.#chart.node, this.#list);
  }

  draw({ rows, objective, selected }: FigureContent): void {
    const front = paretoFront(rows, objective);
    const onFront = new Set(front);
    const points = rows.flatMap((row): readonly ScatterPoint[] =>
      row.mean === null || !row.parameters
        ? []
        : [
            {
              id: row.id,
              x: row.parameters,
              y: row.mean,
              color: onFront.has(row) ? 'green' : 'blue',
              size: onFront.has(row) ? 10 : 6,
              label: `${pointLabel(row)}, ${row.parameters.toLocaleString('en-US')} parameters`,
            },
          ],
    );
    this.#chart.draw({ points, selected, axes: { x: 'parameters', y: objective.metric } });
    this.#list.textContent =
      front.length === 0
        ? 'Nothing was measured yet.'
        : `On the front (large): ${front.map((row) => `#${row.number}`).join(', ')}. No other ` +
          'attempt is both smaller and better.';
  }
}
