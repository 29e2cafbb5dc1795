import type { Attempt, CompletedTrial, Trial } from './attempts/attempt.ts';
import { MORE_SEEDS } from './attempts/contenders.ts';
import { completedTrials } from './judge/judgeTrials.ts';
import type { AttemptSummary, Ports } from './ports.ts';
import type { Study } from './study/study.ts';

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
}

/** Parent and baseline, each with its own trials, those it was trained with later, and those that its children were judged against. */
export async function openRivals({ study, parent, baseline, history }: Field, ports: Pick<Ports, 'store'>): Promise<Rivals> {
  return {
    parent: await rival(parent, { study, history }, ports),
    baseline: baseline.id === parent.id ? null : await rival(baseline, { study, history }, ports),
  };
}

async function rival(summary: AttemptSummary, { study, history }: Pick<Field, 'study' | 'history'>, ports: Pick<Ports, 'store'>): Promise<Rival> {
  const { trials } = await withLentSeeds(summary, { study, history }, ports);
  return { id: summary.id, text: await ports.store.readVariant(study, summary.id), trials: completedTrials(trials) };
}

/** An attempt with all the seeds it is known with: its own, and those it was trained with later, for a verdict on a child. */
export async function withLentSeeds(summary: AttemptSummary, { study, history }: Pick<Field, 'study' | 'history'>, { store }: Pick<Ports, 'store'>): Promise<Attempt> {
  const own = await store.read(study, summary.id);
  const children = await Promise.all(history.filter(({ parents, metric }) => metric !== null && parents[0] === summary.id).map(({ id }) => store.read(study, id)));
  const lent = children.filter((child) => child.dataHash === own.dataHash).flatMap((child) => lentTo(summary.id, child));
  const known = completedTrials(own.trials);
  const more = [...new Map(completedTrials(lent).map((trial) => [trial.seed, trial])).values()].filter(({ seed }) => known.every((trial) => trial.seed !== seed));
  return { ...own, trials: [...own.trials, ...more] };
}

const lentTo = (id: string, { references = [], proposal, trials: own }: Attempt): readonly Trial[] =>
  proposal?.operator === MORE_SEEDS ? own : references.filter(({ attempt }) => attempt === id).flatMap(({ trials }) => trials);
