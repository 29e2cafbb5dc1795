import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { CheckResult } from '../record/checkResult.ts';
import { isContender } from '../record/kinds.ts';
import { attemptsWithoutBetter, nextStep } from '../search/runBudget.ts';
import { descendantsOf } from '../study/lineage.ts';
import type { Proposal } from '../study/proposal.ts';
import type { RunSpec } from '../study/runSpec.ts';
import type { Study } from '../study/study.ts';
import { throwIfAborted } from '../util/errors.ts';
import { checkFirst } from './check/checkFirst.ts';
import { trainingFirst } from './check/trainingFirst.ts';
import { chooseByHalving } from './chooseByHalving.ts';
import { openRound, type Round } from './openRound.ts';
import type { Ports } from './ports.ts';
import { endBehind, runEndAfter, type RoundEnd } from './roundEnd.ts';
import { forecastRun } from './runForecast.ts';
import { startRun, type Run } from './startRun.ts';
import { reportOn, reportOnRepair, type RunResult, type StudyReport } from './studyReport.ts';
import { takeUpInterrupted } from './takeUpInterrupted.ts';
import { tryProposal } from './tryProposal.ts';

/**
 * The whole product: diagnose → propose → check → review → train → judge → record, and the next
 * proposal knows. Every attempt is committed, whatever its verdict. Rejects with a `CortexError`
 * for bad input, a broken environment, or a baseline that cannot be trained; what was recorded
 * until then stays recorded.
 */
export async function improveModel(
  study: Study,
  spec: RunSpec,
  ports: Ports,
): Promise<StudyReport> {
  const start = await startRun(study, spec, ports);
  if (start.kind === 'repaired') return reportOnRepair(start, study);
  const { run } = start;
  const check = await checkFirst(run, ports);
  const forecast = await forecastRun(run, ports);
  return reportOn(run, { check, forecast }, await playRounds(run, check, ports));
}

/** Round after round until something ends the run; what they made, and what it was. */
async function playRounds(run: Run, check: CheckResult | null, ports: Ports): Promise<RunResult> {
  const { session, root, spec, startedAt } = run;
  const dryBefore = attemptsWithoutBetter(descendantsOf(root, session.history).filter(isContender));
  const rounds: (readonly AttemptSummary[])[] = [];
  for (;;) {
    const better = rounds.map((made) => made.some(({ verdict }) => verdict === 'better'));
    const step = nextStep(spec, { better, dryBefore, startedAt, now: ports.clock.now() });
    if (step.kind === 'stop') return { attempts: rounds.flat(), end: step.end };
    const { structural } = step;
    const before = session.recorded.length;
    const roundEnd = await playRound(
      run,
      { number: rounds.length + 1, structural, check },
      ports,
    ).catch(endBehind);
    // However the round ended: what it left behind before its budget was spent counts, too.
    const made = session.recorded.slice(before);
    rounds.push(made);
    const end = runEndAfter(roundEnd, made, { structural, spec });
    if (end) return { attempts: rounds.flat(), end };
  }
}

/** One round, which records its attempts (several where a failure was repaired). */
async function playRound(
  run: Run,
  ahead: {
    readonly number: number;
    readonly structural: boolean;
    readonly check: CheckResult | null;
  },
  ports: Ports,
): Promise<RoundEnd> {
  throwIfAborted(run.spec.signal, 'The search');
  const round = await openRound(run, ahead, ports);
  ports.onEvent({ kind: 'diagnosed', diagnosis: round.diagnosis });
  const proposal =
    waitingFor(round, run.spec) ??
    (await takeUpInterrupted(round, ports)) ??
    (ahead.check && (await trainingFirst(round, ahead.check, ports))) ??
    (await proposeNext(round, run.spec.batch ?? 1, ports));
  if (!proposal) return { kind: 'nothing-left' };
  return tryProposal({ proposal, repairs: [], gaveUp: false }, round, ports);
}

const waitingFor = ({ number, model }: Round, { waiting = null }: RunSpec): Proposal | null =>
  number === 1 && waiting?.base === model.text ? waiting : null;

/** The searcher's next one; of several, the one that short runs choose. */
async function proposeNext(round: Round, count: number, ports: Ports): Promise<Proposal | null> {
  const proposals = await ports.searcher.ask(round, count);
  return proposals.length === 0 ? null : chooseByHalving(proposals, round, ports);
}
