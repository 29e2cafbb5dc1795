import assert from 'node:assert/strict';
import { diagnose } from '../../../src/log/diagnose.ts';
import type { Finding, FindingKind } from '../../../src/log/diagnosis.ts';
import type { TrainingLog } from '../../../src/log/trainingLog.ts';

/** A log of these series, an epoch every ten lines. */
export function logWith(series: TrainingLog['series']): TrainingLog {
  const { length } = Object.values(series)[0] ?? [];
  const epochs = Array.from({ length }, (_, i) => i + 1);
  return {
    source: 'test',
    format: 'test',
    epochs,
    series,
    lines: epochs.map((epoch) => 10 * epoch),
    run: { index: 1, count: 1 },
    notes: [],
  };
}

/** The finding of a kind, which has to be there. */
export function findingOf(log: TrainingLog, kind: FindingKind): Finding {
  const finding = diagnose(log).findings.find((other) => other.kind === kind);
  assert.ok(finding, `${kind} not found`);
  return finding;
}
