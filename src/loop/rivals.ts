import type { Attempt } from '../record/attempt.ts';
import type { CompletedTrial, Trial } from '../record/trial.ts';
import { ranOn } from './earlierTrials.ts';
import { referencesOf } from '../record/kinds.ts';
import { completedTrials } from '../record/measures.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Ports } from './ports.ts';
import type { Study } from '../study/study.ts';

/** An earlier attempt with all the seeds it is known with. */
export interface Rival {
  readonly id: string;
  readonly text: string;
  readonly trials: readonly CompletedTrial[];
}

/** Whom a variant is raced against; the baseline is `null` where it is the parent. */
export interface Rivals {
  readonly parent: Rival;
  readonly baseline: Rival | null;
}

/** What a race needs to know of the attempts it is run against. */
interface Field {
  readonly study: Study;
  readonly parent: AttemptSummary;
  readonly baseline: AttemptSummary;
  readonly history: readonly AttemptSummary[];
  /**
   * Only what was trained on this one: another one's numbers are others for the same seed. Absent:
   * whatever there is.
   */
  readonly runtime?: string | undefined;
}

type Known = Omit<Field, 'parent' | 'baseline'>;

/**
 * Parent and baseline, each with its own trials, those it was trained with later, and those that
 * its children were judged against.
 */
export async function openRivals(
  { parent, baseline, ...field }: Field,
  ports: Pick<Ports, 'store'>,
): Promise<Rivals> {
  return {
    parent: await rival(parent, field, ports),
    baseline: baseline.id === parent.id ? null : await rival(baseline, field, ports),
  };
}

async function rival(
  summary: AttemptSummary,
  field: Known,
  ports: Pick<Ports, 'store'>,
): Promise<Rival> {
  const { trials } = await withLentSeeds(summary, field, ports);
  return {
    id: summary.id,
    text: await ports.store.readVariant(field.study, summary.id),
    trials: completedTrials(trials),
  };
}

/**
 * An attempt with all the seeds it is known with: its own, and those it was trained with later, for
 * a verdict on a child.
 */
export async function withLentSeeds(
  summary: AttemptSummary,
  { study, history, runtime }: Known,
  { store }: Pick<Ports, 'store'>,
): Promise<Attempt> {
  const own = await store.read(study, summary.id);
  const children = await Promise.all(
    history
      .filter(({ parents, metric }) => metric !== null && parents[0] === summary.id)
      .map(({ id }) => store.read(study, id)),
  );
  const isUsable = (attempt: Attempt): boolean => runtime === undefined || ranOn(attempt, runtime);
  const lent = children
    .filter((child) => child.dataHash === own.dataHash && isUsable(child))
    .flatMap((child) => lentTo(summary.id, child));
  const kept = isUsable(own) ? own.trials : [];
  const known = completedTrials(kept);
  const more = [
    ...new Map(completedTrials(lent).map((trial) => [trial.seed, trial])).values(),
  ].filter(({ seed }) => known.every((trial) => trial.seed !== seed));
  return { ...own, trials: [...kept, ...more] };
}

const lentTo = (id: string, child: Attempt): readonly Trial[] =>
  child.kind === 'more-seeds'
    ? child.trials
    : referencesOf(child)
        .filter(({ attempt }) => attempt === id)
        .flatMap(({ trials }) => trials);
