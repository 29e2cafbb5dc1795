import { tasksOf } from '../../../loop/autopilot/words.ts';
import type { Study } from '../../../study/study.ts';
import type { Host } from '../host.ts';
import type { Row } from './row.ts';
import { studyRow } from './rows.ts';
import { studiesHere, type Watch } from './watch.ts';

/** A row for each study of the workspace; what stands below it is read when it is looked at. */
export async function rowsOf(host: Host, watch: Watch): Promise<readonly Row[]> {
  const { studies } = host;
  await studies.discover();
  await Promise.all(studies.all().map(({ modelPath }) => studies.load(modelPath)));
  const work = await host.engine.get();
  const { signal } = new AbortController();
  return Promise.all(
    studiesHere(host).map(async (study) => {
      const kept = await watch.read(study);
      const isKnown = kept.state.cycles.length > 0 || hasAttempts(host, study);
      return isKnown
        ? studyRow(kept, () => tasksOf(kept, signal, { work, now: Date.now }))
        : studyRow(kept);
    }),
  );
}

/** Its data were looked at before: looking again runs nothing that the user has not asked for. */
function hasAttempts({ studies }: Host, { modelPath }: Study): boolean {
  const entry = studies.peek(modelPath);
  return entry?.state === 'ready' && entry.attempts.length > 0;
}
