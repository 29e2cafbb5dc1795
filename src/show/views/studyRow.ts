import { tagOf } from '../../record/kinds.ts';
import type { AttemptKind } from '../../record/attempt.ts';
import type { VerdictKind } from '../../record/verdict.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Measures } from '../../record/trial.ts';

/** One attempt in the Study view: what can be sorted, filtered and drawn without its record. */
export interface StudyRow {
  readonly id: string;
  readonly number: number;
  readonly title: string;
  readonly kind: AttemptKind;
  readonly verdict: VerdictKind;
  /** What people read for it (see `tagOf`). */
  readonly tag: string;
  readonly operator: string | null;
  readonly proposer: string | null;
  readonly mean: number | null;
  /** Sample deviation over the seeds. */
  readonly sd: number | null;
  readonly seeds: number;
  readonly observed: number | null;
  readonly predicted: number | null;
  readonly parameters: number | null;
  /** Means of everything else that was measured, by name. */
  readonly measures: Measures;
  readonly findings: readonly string[];
  /**
   * Seconds of training and tokens of language models; `null` in attempts from before they were
   * kept.
   */
  readonly seconds: number | null;
  readonly tokens: number | null;
  readonly usd: number | null;
  /** Milliseconds since the epoch. */
  readonly finishedAt: number;
}

/** An attempt as the Study view shows it. */
export const studyRow = ({
  id,
  number,
  title,
  kind,
  verdict,
  operator,
  proposer,
  metric,
  effect,
  parameters,
  measures,
  findings,
  spent,
  finishedAt,
}: AttemptSummary): StudyRow => ({
  id,
  number,
  title,
  kind,
  verdict,
  tag: tagOf({ kind, verdict }),
  operator,
  proposer,
  parameters,
  measures: measures ?? {},
  finishedAt,
  mean: metric?.mean ?? null,
  sd: metric?.sd ?? null,
  seeds: metric?.values.length ?? 0,
  observed: effect.observed,
  predicted: effect.predicted,
  findings: findings ?? [],
  seconds: spent?.seconds ?? null,
  tokens: spent?.tokens ?? null,
  usd: spent?.usd ?? null,
});
