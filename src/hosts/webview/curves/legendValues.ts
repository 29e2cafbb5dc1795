import { formatNumber } from '../../../record/format.ts';
import type { CurveBand, CurveRun } from '../../../show/views/curvesDocument.ts';
import { element } from '../shared/element.ts';

/**
 * The values as pieces that are never broken in two; the spaces between them are where a narrow
 * view breaks the line.
 */
export const valueParts = (
  run: CurveRun,
  family: string,
  index: number,
): readonly (HTMLElement | string)[] =>
  valueTexts(run, family, index).flatMap((text, at) => [
    ...(at === 0 ? [] : [' ']),
    element('span', { class: at === 0 ? 'value' : 'value note', text }),
  ]);

/**
 * `0.3100` on validation, with the range of the seeds where there are several; `train 0.2900`
 * behind it.
 */
export function valueTexts({ bands }: CurveRun, family: string, index: number): readonly string[] {
  const validation = bands[`val_${family}`];
  const training = bands[family];
  if (!validation) return training ? [bandText(training, index)] : ['–'];
  return training
    ? [bandText(validation, index), `train ${formatted(training.mean[index])}`]
    : [bandText(validation, index)];
}

function bandText({ mean, range }: CurveBand, index: number): string {
  const [low, high] = [range?.low[index], range?.high[index]];
  const spread =
    typeof low === 'number' && typeof high === 'number'
      ? ` (${formatNumber(low)}–${formatNumber(high)})`
      : '';
  return `${formatted(mean[index])}${spread}`;
}

const formatted = (value: number | null | undefined): string =>
  typeof value === 'number' ? formatNumber(value) : '–';
