import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { objectivesOf } from '../../record/objectives.ts';
import { readMarks } from '../../search/marks/readMarks.ts';
import { bestOf, descendantsOf } from '../../study/lineage.ts';
import { endText, type RunEnd } from '../../study/runEnd.ts';
import { branchOf, type Study } from '../../study/study.ts';
import type { SweepSpec } from '../../study/sweepSpec.ts';
import { CortexError, limitBehind } from '../../util/errors.ts';
import { openRound } from '../openRound.ts';
import type { Ports } from '../ports.ts';
import { endBehind, type RoundEnd } from '../roundEnd.ts';
import { startRun, type Run } from '../startRun.ts';
import { openSweep, type OpenSweep } from './openSweep.ts';
import { confirmWinner, mayBeRaced } from './confirmWinner.ts';
import { BEFORE_RACE, raceShare, raceTime } from './raceShare.ts';
import { raceWinner } from './raceWinner.ts';
import { recordFullRuns, recordSweep, sweptText } from './recordSweep.ts';
import type { SweepStanding } from './standing.ts';
import { SweepRun, type FullRun } from './sweepRun.ts';

/** What a search came to. */
export interface SweepReport {
  readonly study: Study;
  /** The record of all that was tried. */
  readonly sweep: AttemptSummary;
  readonly standing: SweepStanding;
  readonly text: string;
  /** What the search started from. */
  readonly parent: AttemptSummary;
  /** What was proposed and raced of it, and baselines that were trained for that. */
  readonly attempts: readonly AttemptSummary[];
  /** What was raced and is better; `null` where nothing is. */
  readonly winner: AttemptSummary | null;
  /** The best of the line, whoever found it. */
  readonly best: AttemptSummary;
  readonly branch: string;
  readonly end: RunEnd;
  /** The same in a clause for people. */
  readonly stopped: string;
}

/**
 * Searches structure and numbers together until the budget is spent: asks, trains side by side,
 * ends what falls behind, and tells; then proposes what was best, to be raced like any change.
 */
export async function searchModel(
  study: Study,
  spec: SweepSpec,
  ports: Ports,
): Promise<SweepReport> {
  refuseBadMarks(await ports.files.readModel(study));
  const start = await startRun(study, { ...spec, rounds: Infinity, wish: null }, ports);
  if (start.kind === 'repaired') throw repairedFirst(start.repaired);
  const { run } = start;
  const round = await openRound(fromMarks(run), { number: 1 }, ports);
  const sweep = await openSweep(round, { spec, startedAt: run.startedAt }, ports);
  const swept = new SweepRun(sweep, ports);
  const found = await sweepKept(swept, run, ports);
  const how = spec.signal.aborted ? 'interrupted' : 'ended';
  const record = await recordSweep(swept, how, ports);
  const before = run.session.recorded.length;
  const raced = found && (await raceKept(found, swept, run, ports));
  const attempts = run.session.recorded.slice(before);
  await recordFullRuns(swept, ports);
  const end = raced?.kind === 'dismissed' ? raced : endOf(swept, sweep, run);
  const own = descendantsOf(run.root, run.session.history);
  return {
    study,
    sweep: record,
    standing: swept.standing,
    text: sweptText(swept.standing),
    parent: round.parent,
    attempts,
    winner: attempts.findLast(({ verdict }) => verdict === 'better') ?? null,
    best: bestOf(own, objectivesOf(study.config)) ?? run.root,
    branch: branchOf(study.name),
    end,
    stopped: endText(end),
  };
}

/** `null` where there is no time for it any more; what a defect ends keeps its whole runs. */
async function raceKept(
  found: FullRun,
  swept: SweepRun,
  { spec: { signal } }: Run,
  ports: Ports,
): Promise<RoundEnd | null> {
  if (signal.aborted) return null;
  try {
    return await raceWinner(found, swept, signal, ports).catch(endBehind);
  } catch (error) {
    await recordFullRuns(swept, ports);
    throw error;
  }
}

/** Before anything is trained. */
function refuseBadMarks({ text }: { readonly text: string }): void {
  const read = readMarks(text);
  if (!read.ok) throw read.error;
}

/** Where the model file is marked, it is what is searched, not the best that came of it. */
function fromMarks(run: Run): Run {
  const read = readMarks(run.text);
  return read.ok && read.value.length > 0
    ? { ...run, spec: { ...run.spec, from: run.root.id } }
    : run;
}

/** What is worth a race; whatever ends it, what was tried is recorded. */
async function sweepKept(swept: SweepRun, run: Run, ports: Ports): Promise<FullRun | null> {
  try {
    return await sweepUntilFound(swept, run, ports);
  } catch (error) {
    await recordSweep(swept, 'interrupted', ports);
    await recordFullRuns(swept, ports);
    throw error;
  } finally {
    swept.sweep.partner?.end();
  }
}

/**
 * Trains until only the time for a race is left and something is worth one; where it is not any
 * more with a second seed, the search goes on.
 */
async function sweepUntilFound(swept: SweepRun, run: Run, ports: Ports): Promise<FullRun | null> {
  const { signal, minutes } = run.spec;
  for (;;) {
    await swept.run(minutes === undefined ? signal : beforeRace(swept, run, minutes, ports));
    const found = await confirmWinner(swept, signal, ports);
    if (found || minutes === undefined || signal.aborted || !swept.hasMore) return found;
  }
}

const secondsOf = ({ result }: FullRun): number => result.trials[0]?.seconds.total ?? 0;

/** The time of the short runs: some of what is left is kept for the race. */
function beforeRace(
  swept: SweepRun,
  run: Run,
  minutes: number,
  { clock, trainer: { workers } }: Ports,
): AbortSignal {
  const { parent, study } = swept.sweep.round;
  const { config } = study;
  const from = clock.now();
  const left = run.startedAt + minutes * 60_000 - from;
  const isDue = (): boolean => {
    const seconds = mayBeRaced(swept).map(secondsOf);
    const share = raceShare({ minutes: left / 60_000, parent, seconds, config, workers });
    return seconds.length > 0 && clock.now() - from >= (1 - share) * left;
  };
  return raceTime({ until: BEFORE_RACE * left, isDue, end: run.spec.signal }, clock);
}

function endOf(swept: SweepRun, { spec }: OpenSweep, run: Run): RunEnd {
  const { signal } = run.spec;
  if (spec.signal.aborted && limitBehind(spec.signal) === null) return { kind: 'cancelled' };
  if (swept.ownEnd === 'all tried') return { kind: 'all-tried' };
  if (swept.ownEnd === 'nothing trains') return { kind: 'nothing-trains' };
  const isOver = signal.aborted || swept.draft.attempt.configurations.length < (spec.trials ?? 0);
  return spec.minutes !== undefined && (isOver || spec.trials === undefined)
    ? { kind: 'time-spent', minutes: spec.minutes }
    : { kind: 'trials-done', trials: swept.draft.attempt.configurations.length };
}

const repairedFirst = (repaired: AttemptSummary): CortexError =>
  new CortexError({
    code: 'search-baseline-repaired',
    kind: 'training',
    happened: `The model file as it is could not be trained; attempt #${repaired.number} mends it.`,
    expected: 'a model file that trains, to search from.',
    remedy: `Apply it (cortex apply ${repaired.id}), then search again.`,
  });
