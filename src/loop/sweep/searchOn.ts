import { endText, type RunEnd } from '../../study/runEnd.ts';
import type { RunSpec } from '../../study/runSpec.ts';
import type { Study } from '../../study/study.ts';
import { CortexError, isCancelled } from '../../util/errors.ts';
import type { Ports } from '../ports.ts';
import type { StudyReport } from '../studyReport.ts';
import { searchModel, type SweepReport } from './searchModel.ts';

/** A run of single changes, as it was asked for. */
interface Asked {
  readonly study: Study;
  readonly spec: RunSpec;
  readonly seed: number;
  /** In milliseconds since the epoch. */
  readonly startedAt: number;
}

/** Ends of a run that has no single change left. */
const DRY: readonly RunEnd['kind'][] = ['plateau', 'no-structural-move', 'nothing-left'];
/** With less time nothing that a search finds could be raced. */
const LEAST_MINUTES = 0.5;

/**
 * Goes on where single changes have run dry and nothing but its minutes was to end the run:
 * structure and numbers are searched together from the best, until the minutes are over.
 */
export async function searchOn(
  report: StudyReport,
  { study, spec, seed, startedAt }: Asked,
  ports: Ports,
): Promise<StudyReport> {
  const { minutes = 0, rounds, signal, wish } = spec;
  const left = minutes - (ports.clock.now() - startedAt) / 60_000;
  const isAsked = rounds === Infinity && wish === null && DRY.includes(report.end.kind);
  if (!isAsked || left < LEAST_MINUTES) return report;
  tell(
    `Single changes have run dry (${report.stopped}): now structure and numbers together.`,
    ports,
  );
  try {
    const found = await searchModel(study, { minutes: left, seed, signal }, ports);
    return withFound(report, found, minutes);
  } catch (error) {
    if (isCancelled(error)) return withEnd(report, endedBy(signal, minutes));
    if (!(error instanceof CortexError && error.kind === 'input')) throw error;
    tell(`They cannot be searched: ${error.message}`, ports);
    return report;
  }
}

/** What a search found counts as found by the run; its time is that of the whole run. */
function withFound(report: StudyReport, found: SweepReport, minutes: number): StudyReport {
  const { attempts, best, end } = found;
  const all = { ...report, attempts: [...report.attempts, ...attempts], best };
  return withEnd(all, end.kind === 'time-spent' ? { kind: 'time-spent', minutes } : end);
}

const withEnd = (report: StudyReport, end: RunEnd): StudyReport => ({
  ...report,
  end,
  stopped: endText(end),
});

const endedBy = ({ aborted }: AbortSignal, minutes: number): RunEnd =>
  aborted ? { kind: 'cancelled' } : { kind: 'time-spent', minutes };

const tell = (text: string, { onEvent }: Ports): void => {
  onEvent({ kind: 'notice', text });
};
