import type { LanguageModel } from '../../ports/languageModel.ts';
import type { Ports } from '../ports.ts';
import type { Study } from '../../study/study.ts';
import { nothingRecorded } from './errors.ts';
import { replayName } from '../../study/replayName.ts';
import { ReplayedModel } from './replayedModel.ts';

/** Where a replay is recorded, and who answers in it. */
export interface Replay {
  /** The same study under a name that has no attempts yet: `digits-replay-1`. */
  readonly study: Study;
  readonly model: LanguageModel;
}

/**
 * Reads what a language model answered in a study, and finds a fresh branch to play it again on.
 * Rejects where nothing was answered.
 */
export async function openReplay(
  study: Study,
  { store, hash }: Pick<Ports, 'store' | 'hash'>,
): Promise<Replay> {
  const history = await store.list(study);
  const records = await Promise.all(
    history.filter(({ verdict }) => verdict !== 'baseline').map(({ id }) => store.read(study, id)),
  );
  const exchanges = records.flatMap((record) =>
    record.kind === 'change' ? (record.exchanges ?? []) : [],
  );
  const [first] = exchanges;
  if (!first) throw nothingRecorded(study.name);
  return {
    study: await freshStudy(study, store),
    model: new ReplayedModel(first.model, exchanges, hash),
  };
}

async function freshStudy(study: Study, store: Ports['store']): Promise<Study> {
  for (let number = 1; ; number++) {
    const replay = { ...study, name: replayName(study.name, number) };
    if ((await store.list(replay)).length === 0) return replay;
  }
}
