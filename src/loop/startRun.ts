import { REGION_ALONE } from '../model/markedRegion.ts';
import type { Variant } from '../model/variant.ts';
import type { Clock } from '../ports/clock.ts';
import { readArchitecture } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { RunSpec } from '../study/runSpec.ts';
import type { Study } from '../study/study.ts';
import { BASELINE_FAILED, CortexError, timeSpentError } from '../util/errors.ts';
import type { Search } from './openRound.ts';
import type { Ports } from './ports.ts';
import { repairBaseline } from './repairBaseline.ts';
import type { RepairedStart } from './studyReport.ts';
import { openTraining, type StudySession } from './studySession.ts';
import { readTrainable, trainBaseline } from './trainBaseline.ts';

/** A run that has its baseline; times in milliseconds since the epoch. */
export interface Run extends Search<RunSpec> {
  readonly startedAt: number;
}

/** Where a run begins: at a baseline, or at a repair of one that cannot be trained. */
type Start =
  { readonly kind: 'trained'; readonly run: Run } | ({ readonly kind: 'repaired' } & RepairedStart);

/**
 * Opens the study and finds or trains its baseline; where it cannot be trained, a repair that can
 * instead of a search. Rejects where there is none. The run's time counts from here, but the
 * baseline is not cut short by it: without it there is nothing to tell.
 */
export async function startRun(study: Study, spec: RunSpec, ports: Ports): Promise<Start> {
  const startedAt = ports.clock.now();
  const { text } = await readTrainable(study, ports);
  const session = await openTraining(study, ports);
  try {
    await tellOfRegion({ path: study.modelPath, text }, study, ports);
    const root = await trainBaseline(session, text, spec.signal, ports);
    const signal = withinTime(spec, startedAt, ports.clock);
    return { kind: 'trained', run: { session, root, text, spec: { ...spec, signal }, startedAt } };
  } catch (error) {
    const failed = failedBaseline(error, session);
    const attempts = failed ? await repairBaseline(session, failed, spec.signal, ports) : [];
    const repaired = attempts.find(({ verdict }) => verdict === 'baseline');
    if (!failed || !repaired) throw error;
    return { kind: 'repaired', failed, repaired, attempts };
  }
}

/** Without a language model there is nobody to propose for what cannot be read. */
async function tellOfRegion(model: Variant, { config }: Study, ports: Ports): Promise<void> {
  const { builder } = await readArchitecture(model, ports.syntax, config);
  if (builder.kind !== 'region') return;
  const { startLine, endLine } = builder.range;
  const lines =
    startLine === endLine ? `Line ${startLine} is` : `Lines ${startLine} to ${endLine} are`;
  ports.onEvent({ kind: 'notice', text: `${lines} ${REGION_ALONE}.` });
}

const failedBaseline = (error: unknown, session: StudySession): AttemptSummary | undefined =>
  error instanceof CortexError && error.code === BASELINE_FAILED
    ? session.history.findLast(({ parents }) => parents.length === 0)
    : undefined;

/** Ends with the run's time, too. */
function withinTime({ minutes, signal }: RunSpec, startedAt: number, clock: Clock): AbortSignal {
  if (minutes === undefined) return signal;
  const left = startedAt + minutes * 60_000 - clock.now();
  return AbortSignal.any([signal, clock.deadline(left, timeSpentError(minutes))]);
}
