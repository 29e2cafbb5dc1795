import { formatNumber } from '../../record/format.ts';
import type { Diagnosis } from '../../log/diagnosis.ts';
import { fitLines, oneLine, quoteData } from './quote.ts';

const LONGEST = 1_700;
const POINTS = 10;
const MOST_SERIES = 6;

/** What the log says: findings with their lines, and each curve at a few epochs. */
export function logSection({
  source,
  epochs,
  series,
  findings,
  trend,
  overfitting,
  gap,
}: Diagnosis): string {
  const summary =
    `${oneLine(source, 60)}: ${epochs} epochs, trend ${trend}, overfitting ` +
    `${overfitting}${gap === null ? '' : `, gap ${Math.round(gap * 100)} %`}`;
  const found = findings.map(
    ({ kind, severity, text, lines }) =>
      `- ${kind} (${severity})${linesText(lines)}: ${oneLine(text, 220)}`,
  );
  const curves = Object.entries(series)
    .slice(0, MOST_SERIES)
    .map(([name, values]) => `${oneLine(name, 40)}: ${curveText(values)}`);
  return (
    'What the training log ' +
    `says:\n${quoteData('log', fitLines([summary, ...found, ...curves], LONGEST).join('\n'))}`
  );
}

const linesText = (lines: readonly number[]): string =>
  lines.length === 0 ? '' : ` lines ${lines.slice(0, 4).join(', ')}`;

/** The first, the last and evenly spread epochs between: `1: 2.1, 5: 0.9, 20: 0.41`. */
function curveText(values: readonly (number | null)[]): string {
  const step = Math.max(1, (values.length - 1) / (POINTS - 1));
  const epochs = [
    ...new Set(
      Array.from({ length: Math.min(POINTS, values.length) }, (_, index) =>
        Math.round(index * step),
      ),
    ),
  ];
  return epochs.map((epoch) => `${epoch + 1}: ${valueText(values[epoch])}`).join(', ');
}

const valueText = (value: number | null | undefined): string =>
  value === null || value === undefined ? '–' : formatNumber(value);
