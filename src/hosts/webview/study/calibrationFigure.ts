import { formatChange, formatNumber } from '../../../record/format.ts';
import { calibration } from '../../../show/views/calibration.ts';
import { element } from '../shared/element.ts';
import { ScatterChart } from '../shared/scatterChart.ts';
import type { ScatterPoint } from '../shared/scatterPoints.ts';
import { pointLabel, verdictColors } from './figures.ts';
import type { FigureContent } from './figures.ts';

/** What was foretold against what came of it. */
export class CalibrationFigure {
  readonly node: HTMLElement;
  readonly #chart: ScatterChart;
  readonly #text = element('p');

  constructor(onSelect: (id: string) => void) {
    this.#chart = new ScatterChart({
      title: 'Predicted and observed effect',
      height: 380,
      isSquare: true,
      onSelect,
    });
    this.node = element('div', {}, this.#chart.node, this.#text);
  }

  draw({ rows, selected }: FigureContent): void {
    const { pairs, sameSign, meanError } = calibration(rows);
    const points = pairs.map(({ row, predicted, observed }): ScatterPoint => ({
      id: row.id,
      x: predicted,
      y: observed,
      color: verdictColors[row.verdict] ?? 'foreground',
      size: 8,
      label:
        `${pointLabel(row)}, predicted ${formatChange(predicted)}, observed ` +
        `${formatChange(observed)}`,
    }));
    this.#chart.draw({
      points,
      selected,
      axes: { x: 'predicted effect', y: 'observed effect' },
    });
    this.#text.textContent =
      sameSign === null || meanError === null
        ? 'No attempt has both a predicted and an observed effect yet.'
        : `${pairs.length} prediction${pairs.length === 1 ? '' : 's'}, ` +
          `${Math.round(sameSign * 100)} % with the right sign, off by ` +
          `${formatNumber(meanError)} on average. On the dashed line a prediction comes true.`;
  }
}
