import type { CurveRun } from '../../../show/views/curvesDocument.ts';
import { element } from '../shared/element.ts';
import { LineChart } from '../shared/lineChart.ts';
import { type ChartLine } from '../shared/chartTracks.ts';
import { epochsOf } from './families.ts';
import { valueTexts } from './legendValues.ts';
import { isPlain, type Look } from './look.ts';
import type { CurvesOptions } from './optionsBar.ts';

/** What a chart draws. */
export interface FamilyContent {
  readonly runs: readonly CurveRun[];
  readonly looks: ReadonlyMap<string, Look>;
  readonly options: CurvesOptions;
}

const steps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  PageUp: -10,
  PageDown: 10,
};

/**
 * The chart of one measure; for the keyboard and screen readers it is a slider over the epochs that
 * tells the values.
 */
export class FamilyChart {
  readonly family: string;
  readonly node: HTMLElement;
  readonly #chart: LineChart;
  readonly #slider: HTMLElement;
  #runs: readonly CurveRun[] = [];
  #cursor = 0;

  constructor(family: string, onCursor: (index: number | null) => void) {
    this.family = family;
    const attributes = {
      role: 'slider',
      tabindex: '0',
      'aria-label': `${family} over epochs`,
      'aria-valuemin': '1',
    };
    this.#slider = element('div', {
      class: 'chart',
      attributes,
      on: {
        keydown: (event) => {
          this.#onKey(event as KeyboardEvent);
        },
      },
    });
    this.node = element(
      'section',
      { class: 'family', attributes: { 'data-family': family } },
      element('h2', { text: family }),
      this.#slider,
    );
    const place = { parent: this.#slider, height: 160, syncKey: 'epochs' };
    this.#chart = new LineChart({
      ...place,
      onCursor: (index) => {
        this.#follow(index);
        onCursor(index);
      },
    });
  }

  draw({ runs, looks, options }: FamilyContent, mode: 'update' | 'renew'): void {
    this.#runs = runs;
    const lines = runs.flatMap((run) =>
      linesOf(run, {
        family: this.family,
        look: looks.get(run.id),
        options,
        isPlain: isPlain(run, runs),
      }),
    );
    // The run that is looked at comes first, and last on the canvas: nothing covers it.
    this.#chart.draw(
      lines.toReversed(),
      {
        logarithmic: options.isLogarithmic,
        smoothing: options.smoothing,
        titles: { x: 'epoch', y: this.family },
      },
      mode,
    );
    this.#slider.setAttribute('aria-valuemax', String(epochsOf(runs)));
    this.#tell();
  }

  dispose(): void {
    this.#chart.dispose();
  }

  #onKey(event: KeyboardEvent): void {
    const last = epochsOf(this.#runs) - 1;
    const step = steps[event.key];
    const target =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? last
          : step === undefined
            ? null
            : this.#cursor + step;
    if (target === null) return;
    event.preventDefault();
    this.#chart.moveCursor(Math.min(last, Math.max(0, target)));
  }

  #follow(index: number | null): void {
    if (index === null) return;
    this.#cursor = index;
    this.#tell();
  }

  #tell(): void {
    const epoch = this.#cursor + 1;
    const values = this.#runs.map(
      (run) => `${run.label} ${valueTexts(run, this.family, this.#cursor).join(', ')}`,
    );
    this.#slider.setAttribute('aria-valuenow', String(epoch));
    this.#slider.setAttribute('aria-valuetext', `epoch ${epoch}: ${values.join('; ')}`);
  }
}

interface LineContext {
  readonly family: string;
  readonly look: Look | undefined;
  readonly options: CurvesOptions;
  readonly isPlain: boolean;
}

function linesOf(
  run: CurveRun,
  { family, look, options, isPlain: isAlone }: LineContext,
): readonly ChartLine[] {
  if (!look) return [];
  const validation = run.bands[`val_${family}`];
  const training = run.bands[family];
  const main = validation ?? training;
  if (main && isAlone) return [{ values: main.mean, range: null, ...look }];
  const second =
    validation && training && options.withTraining
      ? [{ values: training.mean, range: null, color: look.color, dash: [1, 3], width: 1 }]
      : [];
  return main ? [{ values: main.mean, range: main.range, ...look }, ...second] : [];
}
