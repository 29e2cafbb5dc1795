import type { Attempt, AttemptOf } from '../../record/attempt.ts';
import type { Comparison } from '../../record/verdict.ts';
import { formatChange } from '../../record/format.ts';
import type { StudySession } from '../studySession.ts';
import { objectiveOf } from '../../record/objectives.ts';

/** What one hunk of an attempt brought, as the same change without it shows. */
export interface HunkEffect {
  /** 1-based, of `hunks`. */
  readonly hunk: number;
  readonly hunks: number;
  /** `@@ -3,2 +3,4 @@`. */
  readonly header: string;
  /** The attempt without it. */
  readonly attemptId: string;
  readonly number: number;
  readonly verdict: Attempt['verdict']['kind'];
  /**
   * The metric with the hunk minus that without it, over shared seeds; `null` where the rest could
   * not be trained.
   */
  readonly effect: Pick<Comparison, 'meanDifference' | 'interval' | 'confidence' | 'seeds'> | null;
  /** One sentence for people. */
  readonly text: string;
}

/**
 * The effects of an attempt's hunks as far as they were ablated, in the order of the text; of a
 * repeated one the last counts.
 */
export async function readHunkEffects(
  id: string,
  session: StudySession,
): Promise<readonly HunkEffect[]> {
  const ablations = session.history.filter(
    ({ kind, parents, verdict }) =>
      kind === 'ablation' && parents[0] === id && verdict !== 'cancelled',
  );
  const records = await Promise.all(ablations.map((ablation) => session.attempt(ablation.id)));
  const effects = new Map(
    records
      .flatMap((record) => (record.kind === 'ablation' ? [effectOf(record)] : []))
      .map((effect) => [effect.hunk, effect]),
  );
  return [...effects.values()].toSorted((a, b) => a.hunk - b.hunk);
}

function effectOf({
  id,
  number,
  hunk,
  hunks,
  header,
  verdict,
  config,
}: AttemptOf<'ablation'>): HunkEffect {
  const [without] = verdict.comparisons;
  const effect = without ? reversed(without) : null;
  const { metric } = objectiveOf(config);
  const known = { hunk, hunks, header, attemptId: id, number, verdict: verdict.kind, effect };
  return { ...known, text: describe(known, { metric, failure: verdict.text }) };
}

/** Without the hunk minus with it becomes with it minus without it. */
function reversed({
  meanDifference,
  interval,
  confidence,
  seeds,
}: Comparison): HunkEffect['effect'] {
  return {
    meanDifference: -meanDifference,
    interval: interval && [-interval[1], -interval[0]],
    confidence,
    seeds,
  };
}

const MEANING: Readonly<Partial<Record<Attempt['verdict']['kind'], string>>> = {
  worse: 'it pays',
  better: 'it harms: the change is better without it',
  inconclusive: 'cannot tell whether it matters',
};

function describe(
  { hunk, hunks, verdict, effect }: Omit<HunkEffect, 'text'>,
  { metric, failure }: { readonly metric: string; readonly failure: string },
): string {
  const name = `Hunk ${hunk} of ${hunks}`;
  if (!effect)
    return (
      `${name}: the rest does not ${verdict === 'crashed' ? 'train' : 'build'} without it: ` +
      `${failure}`
    );
  const interval = effect.interval
    ? `${effect.confidence * 100} % interval ${effect.interval.map(formatChange).join(' to ')}, `
    : '';
  return (
    `${name}: ${metric} ${formatChange(effect.meanDifference)} ` +
    `(${interval}${effect.seeds.length} shared seeds): ${MEANING[verdict] ?? verdict}.`
  );
}

/**
 * What all effects together say, a sentence each: which hunks only work together, and which could
 * go.
 */
export function concludeAblation(effects: readonly HunkEffect[]): readonly string[] {
  const needed = effects.filter(({ effect }) => effect === null).map(({ hunk }) => hunk);
  const idle = effects
    .filter(({ verdict }) => verdict === 'better' || verdict === 'inconclusive')
    .map(({ hunk }) => hunk);
  return [
    ...(needed.length > 1
      ? [`Hunks ${listed(needed)} only work together.`]
      : needed.length === 1
        ? [`The others need hunk ${needed.join('')}.`]
        : []),
    ...(idle.length > 0 && idle.length < effects.length
      ? [`The gain is not shown to need hunk${idle.length === 1 ? '' : 's'} ${listed(idle)}.`]
      : []),
  ];
}

const listed = (numbers: readonly number[]): string =>
  numbers.length < 2
    ? numbers.join('')
    : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
