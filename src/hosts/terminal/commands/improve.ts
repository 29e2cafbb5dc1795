import { resolve } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { openingsIn } from '../../../record/kinds.ts';
import { cancelledError } from '../../../util/errors.ts';
import { validationUse } from '../../../judge/validationUse.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { RunLimits } from '../../../study/runSpec.ts';
import type { Study } from '../../../study/study.ts';
import type { StudyReport } from '../../../loop/studyReport.ts';
import { attemptDocuments } from '../../../show/documents/attemptDocument.ts';
import type { FindingKind } from '../../../log/diagnosis.ts';
import { openTrainable } from '../../openTrainable.ts';
import { observeOption } from '../observeOption.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { focusOption } from '../focusOption.ts';
import { addModelOptions } from '../modelOptions.ts';
import { parseCount, parseMinutes, parseSeed } from '../numbers.ts';
import { attemptHeader, attemptRow, meterLines } from '../style.ts';

interface ImproveFlags extends CommonFlags {
  /** Absent: 5, or no end where minutes are given. */
  readonly rounds?: number;
  readonly minutes?: number;
  readonly plateau: number;
  readonly seed: number;
  readonly goal?: string;
  readonly focus?: FindingKind;
  readonly check: boolean;
  readonly batch: number;
  readonly observeSeconds: number;
  readonly replay?: boolean;
}

/** `cortex improve <model>`: the whole loop, accepting every proposal. */
export function addImproveCommand(program: Command, run: RunCommand): void {
  addModelOptions(
    program
      .command('improve')
      .argument('<model>', 'model file, or the folder that holds it')
      .description('propose, train, judge and record changes, round after round')
      .option('--rounds <n>', 'how many rounds (default: 5, or no end with --minutes)', parseCount)
      .option(
        '--minutes <m>',
        'the run ends after so many minutes; ' +
          'a round under way is stopped and recorded as cancelled',
        parseMinutes,
      )
      .option(
        '--plateau <n>',
        'rounds without better before a structural move, and the end if that brings nothing',
        parseCount,
        5,
      )
      .option('--seed <n>', 'seed of the search', parseSeed, 1)
      .option('--goal <words>', 'what you want, in your own words')
      .addOption(focusOption()),
  )
    .option(
      '--batch <n>',
      'proposals a round; of several, short runs choose the one that is raced',
      parseCount,
      1,
    )
    .addOption(observeOption())
    .option('--no-check', 'skip the check of the baseline: simple models, learning rate')
    .option(
      '--replay',
      'play the study again on a branch of its own, with the answers it recorded; no ' +
        'language model is asked',
    )
    .option('--repairs <n>', 'how often a failure goes back to the language model', parseSeed, 4)
    .action((model: string, flags: ImproveFlags) =>
      run(flags, (context) => improve(model, flags, context)),
    );
}

async function improve(model: string, flags: ImproveFlags, context: CommandContext): Promise<void> {
  const { engine, output, signal, folder } = context;
  const study = await openTrainable(engine, resolve(folder, model), {
    seconds: flags.observeSeconds,
    signal,
    say: (text) => output.print(text),
  });
  const report = await engine.improve(study, {
    ...limitsOf(flags),
    seed: flags.seed,
    wish: flags.goal ?? null,
    focus: flags.focus ?? null,
    baselineCheck: flags.check ? 'first' : 'skip',
    batch: flags.batch,
    replay: flags.replay ?? false,
    signal,
  });
  await print(report, { ...study, name: report.study }, context);
  if (report.end.kind === 'cancelled') throw cancelledError('The search');
}

const limitsOf = ({ rounds, minutes, plateau }: ImproveFlags): RunLimits => ({
  rounds: rounds ?? (minutes === undefined ? 5 : Infinity),
  plateau,
  ...(minutes !== undefined && { minutes }),
});

async function print(
  report: StudyReport,
  study: Study,
  { engine, output }: CommandContext,
): Promise<void> {
  const history = await engine.history(study);
  if (output.format === 'json') {
    const [baseline, best, ...attempts] = await attemptDocuments(engine, study, [
      report.baseline,
      report.best,
      ...report.attempts,
    ]);
    if (baseline && best)
      output.document('improve', {
        ...report,
        findings: [...report.findings],
        baseline,
        best,
        attempts,
        validationUse: validationUse(history, report.best),
        openings: openingsIn(history),
      });
    return;
  }
  for (const line of summaryLines(report, history)) output.print(line);
}

function summaryLines(report: StudyReport, history: readonly AttemptSummary[]): readonly string[] {
  const shown = new Map(
    [report.baseline, report.best, ...report.attempts].map((attempt) => [attempt.id, attempt]),
  );
  const rows = [...shown.values()]
    .toSorted((a, b) => a.number - b.number)
    .map((attempt) => attemptRow(attempt, { best: report.best }));
  const better = report.best.id !== report.baseline.id;
  const next = better
    ? `Take it: cortex apply ${report.best.id}   Look first: cortex show ${report.best.id}`
    : 'Nothing was proven better than the baseline yet; more rounds may find it.';
  const findings = report.findings.map((text) => `${pc.yellow('!')} ${text}`);
  return [
    '',
    attemptHeader(report.objective.metric),
    ...rows,
    '',
    ...findings,
    ...meterLines(history, report.best),
    `${report.stopped}; every attempt is a commit on ${pc.bold(report.branch)} (git log ` +
      `${report.branch}).`,
    next,
  ];
}
