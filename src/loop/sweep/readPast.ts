import { SWEPT } from '../../record/kinds.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { objectivesOf } from '../../record/objectives.ts';
import type { Past, PastSweep } from '../../search/experience/experience.ts';
import type { Study } from '../../study/study.ts';
import { SEARCH } from '../../study/sweepSpec.ts';
import { unlessDefect } from '../findAttempt.ts';
import type { Round } from '../openRound.ts';
import type { Ports } from '../ports.ts';

/** So many of the latest searches of a study are read. */
const MOST = 5;

/**
 * What all studies of the repository came to: their searches and their single changes. Of the
 * searches of the same model nothing: they are told to the searcher as they are.
 */
export async function readPast(
  { study, history, parent }: Round,
  { store, others }: Pick<Ports, 'store' | 'others'>,
): Promise<Past> {
  const beside = (await others?.beside(study).catch(none)) ?? [];
  const own = history.filter(({ kind, parents }) => kind !== 'sweep' || parents[0] !== parent.id);
  const pasts = [
    await pastOf(study, own, store),
    ...(await Promise.all(
      beside.map(async (other) => pastOf(other, await store.list(other).catch(none), store)),
    )),
  ];
  return {
    sweeps: pasts.flatMap(({ sweeps }) => sweeps),
    changes: pasts.flatMap(({ changes }) => changes),
  };
}

/** A study that cannot be read teaches nothing. */
function none(error: unknown): readonly never[] {
  unlessDefect(error);
  return [];
}

async function pastOf(
  study: Study,
  history: readonly AttemptSummary[],
  store: Ports['store'],
): Promise<Past> {
  const sweeps = history.filter(({ kind }) => kind === 'sweep').slice(-MOST);
  const records = await Promise.all(sweeps.map(({ id }) => store.read(study, id)));
  return {
    sweeps: records.flatMap((record): readonly PastSweep[] =>
      record.kind === 'sweep'
        ? [
            {
              study: study.name,
              data: record.dataKind ?? null,
              objectives: objectivesOf(record.config),
              configurations: record.configurations,
            },
          ]
        : [],
    ),
    // A search's own attempts are in its record.
    changes: history.filter(({ operator }) => operator !== SWEPT && operator !== SEARCH),
  };
}
