import type { Attempt } from '../../record/attempt.ts';
import type { Curves, Trial } from '../../record/trial.ts';
import { baselineOf, bestOf } from '../../study/lineage.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { Objective } from '../../record/studyConfig.ts';
import { type Objectives } from '../../record/objectives.ts';

/** What an attempt is to the one that is looked at; `seed`: one trial of that one by itself. */
export type CurveRole = 'running' | 'shown' | 'parent' | 'baseline' | 'best' | 'seed';

/**
 * One series over epochs: the mean over seeds and how far they lie apart. `null` where a seed has
 * no value: it would be a mean of others.
 */
export interface CurveBand {
  readonly mean: readonly (number | null)[];
  /** Lowest and highest of the seeds; `null` for a single seed. */
  readonly range: {
    readonly low: readonly (number | null)[];
    readonly high: readonly (number | null)[];
  } | null;
}

/** The curves of one attempt, seeds summed up. */
export interface CurveRun {
  readonly id: string;
  readonly roles: readonly CurveRole[];
  /** `#12 batch norm`, a text from outside. */
  readonly label: string;
  readonly seeds: readonly number[];
  readonly bands: Readonly<Record<string, CurveBand>>;
}

/** What the Curves view draws. */
export interface CurvesDocument {
  readonly study: string;
  readonly objective: Objective;
  readonly runs: readonly CurveRun[];
}

/**
 * An attempt's part among the runs shown: the first is the one that is looked at, then what it is
 * compared with, each attempt once.
 */
export interface CurveSubject {
  readonly summary: AttemptSummary;
  readonly roles: readonly CurveRole[];
}

/** The attempts whose curves stand beside those of `focus`, which need not be recorded yet. */
export function comparedWith(
  focus: Pick<AttemptSummary, 'id' | 'parents'>,
  history: readonly AttemptSummary[],
  objectives: Objectives,
): readonly CurveSubject[] {
  const parent = history.find(({ id }) => id === focus.parents[0]);
  const named: readonly (readonly [CurveRole, AttemptSummary | null | undefined])[] = [
    ['parent', parent],
    ['baseline', parent && baselineOf(parent, history)],
    ['best', bestOf(history, objectives)],
  ];
  const others = named.flatMap(([role, summary]) =>
    summary && summary.id !== focus.id ? [{ role, summary }] : [],
  );
  return [...new Set(others.map(({ summary }) => summary))].map((summary) => ({
    summary,
    roles: others.filter((other) => other.summary === summary).map(({ role }) => role),
  }));
}

/** The curves of a recorded attempt; those of its failed trials where none came to its end. */
export function curveRun(
  { summary, roles }: CurveSubject,
  { trials }: Pick<Attempt, 'trials'>,
): CurveRun {
  const completed = trials.filter(({ outcome }) => outcome === 'completed');
  const shown = completed.length > 0 ? completed : trials;
  return {
    id: summary.id,
    roles,
    label: runLabel(summary),
    seeds: shown.map(({ seed }) => seed),
    bands: bandsOf(shown),
  };
}

/** A recorded attempt, and each of its seeds by itself where there are several. */
export function curveRunBySeed(
  subject: CurveSubject,
  attempt: Pick<Attempt, 'trials'>,
): readonly CurveRun[] {
  const run = curveRun(subject, attempt);
  const shown =
    run.seeds.length > 1 ? attempt.trials.filter(({ seed }) => run.seeds.includes(seed)) : [];
  return [
    run,
    ...shown.map((trial): CurveRun => ({
      id: `${run.id}/seed-${trial.seed}`,
      roles: ['seed'],
      label: `seed ${trial.seed}`,
      seeds: [trial.seed],
      bands: bandsOf([trial]),
    })),
  ];
}

/** `#12 batch norm after each dense`. */
export const runLabel = ({ number, title }: Pick<AttemptSummary, 'number' | 'title'>): string =>
  `#${number} ${title}`;

/** Every series of the trials, as mean and range over them. */
export function bandsOf(
  trials: readonly Pick<Trial, 'curves'>[],
): Readonly<Record<string, CurveBand>> {
  const keys = new Set(trials.flatMap(({ curves }) => Object.keys(curves)));
  return Object.fromEntries(
    [...keys].map((key) => [key, bandOf(trials.map(({ curves }) => curves[key] ?? []))]),
  );
}

function bandOf(curves: readonly Curves[string][]): CurveBand {
  const [only] = curves;
  if (only && curves.length === 1) return { mean: only, range: null };
  const length = Math.max(0, ...curves.map((curve) => curve.length));
  const columns = Array.from({ length }, (_, epoch) => valuesAt(curves, epoch));
  return {
    mean: columns.map(
      (values) => values && values.reduce((sum, value) => sum + value, 0) / values.length,
    ),
    range: {
      low: columns.map((values) => values && Math.min(...values)),
      high: columns.map((values) => values && Math.max(...values)),
    },
  };
}

function valuesAt(curves: readonly Curves[string][], epoch: number): readonly number[] | null {
  const values = curves.map((curve) => curve[epoch] ?? null).filter((value) => value !== null);
  return values.length === curves.length ? values : null;
}
