import type { ArtifactFact } from '../../ports/artifactStore.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { completedTrials } from '../../record/measures.ts';
import { baselineOf, currentBest } from '../../study/lineage.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';

/** What a seed of an attempt has trained. */
export interface SeedWeights {
  readonly seed: number;
  readonly sha256: string;
  /** Of the file; `null` where it was dropped. */
  readonly bytes: number | null;
}

/** What is kept of the seeds of one attempt. */
export interface AttemptWeights {
  readonly id: string;
  readonly number: number;
  readonly seeds: readonly SeedWeights[];
}

/** The weights of an attempt's completed trials; none where it was trained without keeping any. */
export async function weightsOf(
  session: StudySession,
  id: string,
  { artifacts }: Pick<Ports, 'artifacts'>,
): Promise<AttemptWeights> {
  const facts = (await artifacts?.list(session.study)) ?? [];
  return read(session, id, new Map(facts.map((fact) => [fact.sha256, fact])));
}

/**
 * Everything kept that belongs to a recorded attempt, in the order in which it stays: the best, its
 * parent, the baseline, then the newest first.
 */
export async function keptAttempts(
  session: StudySession,
  facts: readonly ArtifactFact[],
): Promise<readonly AttemptWeights[]> {
  const open = new Map(facts.map((fact) => [fact.sha256, fact]));
  const found: AttemptWeights[] = [];
  for (const { id } of inOrder(session)) {
    if (open.size === 0) break;
    const weights = await read(session, id, open);
    const kept = weights.seeds.filter(({ bytes }) => bytes !== null);
    for (const { sha256 } of kept) open.delete(sha256);
    if (kept.length > 0) found.push({ ...weights, seeds: kept });
  }
  return found;
}

async function read(
  session: StudySession,
  id: string,
  known: ReadonlyMap<string, ArtifactFact>,
): Promise<AttemptWeights> {
  const { number, trials } = await session.attempt(id);
  const seeds = completedTrials(trials).flatMap(({ seed, weights: sha256 }) =>
    sha256 === undefined ? [] : { seed, sha256, bytes: known.get(sha256)?.bytes ?? null },
  );
  return { id, number, seeds };
}

function inOrder({ history, study }: StudySession): readonly AttemptSummary[] {
  const best = currentBest(history, objectivesOf(study.config));
  const first = best
    ? [best, history.find(({ id }) => id === best.parents[0]), baselineOf(best, history)]
    : [];
  const trained = history.filter(({ metric }) => metric !== null).toReversed();
  return [...new Set([...first.filter((attempt) => attempt !== undefined), ...trained])];
}
