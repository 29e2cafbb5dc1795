import type { SeriesComparison } from '../../log/compareRuns.ts';
import type { Diagnosis } from '../../log/diagnosis.ts';

/** The JSON form of a diagnosis, and of its comparison with another run where there is one. */
export const diagnoseDocument = (diagnosis: Diagnosis, comparison: SeriesComparison[] | null) => {
  const { epochs, run, series, improvementRate, trend, gap, overfitting, findings } = diagnosis;
  const { counter = 'epoch', counted = [] } = diagnosis;
  return {
    epochs,
    counter,
    counted: [...counted],
    run: { ...run },
    series: Object.fromEntries(
      Object.entries(series).map(([name, values]) => [name, values.map(finiteOrNull)]),
    ),
    improvementRate,
    trend,
    gap,
    overfitting,
    findings: findings.map(({ kind, severity, lines, text }) => ({
      kind,
      severity,
      lines: [...lines],
      text,
    })),
    comparison,
  };
};

/** JSON has no NaN and no infinity; a series says `null` there and the findings say why. */
const finiteOrNull = (value: number | null): number | null =>
  value !== null && Number.isFinite(value) ? value : null;
