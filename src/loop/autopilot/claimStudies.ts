import type { AttemptSummary } from '../../record/attemptSummary.ts';
import type { AutopilotState } from '../../record/autopilotState.ts';
import type { Study } from '../../study/study.ts';
import type { CortexError } from '../../util/errors.ts';
import { unlessDefect } from '../findAttempt.ts';
import { promoteBest } from './promoteBest.ts';
import { takeOver } from './stateChanges.ts';
import type { AutopilotPorts } from './work.ts';

/**
 * Makes this process the one that works on the studies, and does what an earlier one left undone:
 * its running cycle is closed, and what it had found is promoted. Those that cannot be claimed are
 * told and left out; rejects where none can.
 */
export async function claimStudies(
  studies: readonly Study[],
  ports: AutopilotPorts,
): Promise<readonly Study[]> {
  const claimed: Study[] = [];
  const refusals: CortexError[] = [];
  for (const study of studies) {
    const refused = await claim(study, ports).then(() => null, unlessDefect);
    if (refused) {
      refusals.push(refused);
      ports.onEvent({ kind: 'waiting', study: study.name, task: null, text: refused.happened });
    } else claimed.push(study);
  }
  const [why] = refusals;
  if (claimed.length === 0 && why) throw why;
  return claimed;
}

async function claim(study: Study, ports: AutopilotPorts): Promise<void> {
  // Before anything is written: drafts of dead processes become attempts.
  const history = await ports.work.history(study);
  const at = new Date(ports.now()).toISOString();
  const { state } = await ports.store.claim(study, (known) =>
    takeOver(known, { at, orphans: orphansOf(known, history) }),
  );
  await promoteBest(study, state, ports);
}

/** Attempts that were interrupted since the running cycle began, and stand in none. */
function orphansOf(
  { cycles }: AutopilotState,
  history: readonly AttemptSummary[],
): readonly string[] {
  const running = cycles.find(({ end }) => end === 'running');
  if (!running) return [];
  const known = new Set(cycles.flatMap(({ attempts }) => attempts));
  const since = Math.floor(Date.parse(running.startedAt) / 1000) * 1000;
  return history
    .filter(
      ({ id, failure, finishedAt }) =>
        failure === 'interrupted' && finishedAt >= since && !known.has(id),
    )
    .map(({ id }) => id);
}
