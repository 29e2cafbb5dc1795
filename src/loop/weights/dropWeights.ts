import { plural } from '../../util/plural.ts';
import type { Ports } from '../ports.ts';
import type { StudySession } from '../studySession.ts';
import { keptAttempts, type AttemptWeights } from './keptWeights.ts';

const MEBIBYTE = 2 ** 20;
/** What no record names belongs to a training under way, unless it is older than any of those. */
const ORPHAN_MS = 7 * 24 * 3_600_000;

/** Lets go of the weights beyond what the study keeps, and says so. */
export async function dropWeights(
  session: StudySession,
  { artifacts, clock, onEvent }: Pick<Ports, 'artifacts' | 'clock' | 'onEvent'>,
): Promise<void> {
  if (!artifacts) return;
  const { study } = session;
  const facts = await artifacts.list(study);
  const attempts = await keptAttempts(session, facts);
  const dropped = beyond(attempts, study.config.keep);
  const named = new Set(attempts.flatMap(({ seeds }) => seeds.map(({ sha256 }) => sha256)));
  const orphans = facts.filter(
    ({ sha256, keptAt }) => !named.has(sha256) && clock.now() - keptAt > ORPHAN_MS,
  );
  const gone = [...dropped.flatMap(({ seeds }) => seeds), ...orphans];
  await Promise.all(gone.map(({ sha256 }) => artifacts.delete(study, sha256)));
  if (dropped.length > 0) onEvent({ kind: 'dropped', text: words(dropped) });
}

/** What stands behind the first that fit. */
function beyond(
  attempts: readonly AttemptWeights[],
  keep: { readonly attempts: number; readonly megabytes: number },
): readonly AttemptWeights[] {
  let [count, bytes] = [0, 0];
  return attempts.filter(({ seeds }) => {
    const size = seeds.reduce((sum, seed) => sum + (seed.bytes ?? 0), 0);
    const fits = count < keep.attempts && bytes + size <= keep.megabytes * MEBIBYTE;
    if (fits) [count, bytes] = [count + 1, bytes + size];
    return !fits;
  });
}

const words = (dropped: readonly AttemptWeights[]): string =>
  `The trained weights of ${dropped.map(({ number }) => `#${number}`).join(', ')} ` +
  `(${plural(
    dropped.reduce((sum, { seeds }) => sum + seeds.length, 0),
    'file',
  )}) were let go of ("keep" in cortex.json); what made them makes them again.`;
