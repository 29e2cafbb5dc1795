import type { Command } from 'commander';
import pc from 'picocolors';
import type { Attempt } from '../../../record/attempt.ts';
import { diffOf, evidenceOf, reasoningOf, titleOf } from '../../../record/kinds.ts';
import {
  comparisonText,
  formatNumber,
  measuredText,
  shortCommit,
  takenText,
} from '../../../record/format.ts';
import { meansOf } from '../../../record/measures.ts';
import { rivalName } from '../../../study/lineage.ts';
import type { SeedTable } from '../../../loop/seedTable.ts';
import { attemptDocuments } from '../../../show/documents/attemptDocument.ts';
import { hunksDocument } from '../../../show/documents/hunksDocument.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { aligned, hunkLines, styleDiff, styleTag } from '../style.ts';
import { objectiveOf } from '../../../record/objectives.ts';
import { worthText } from '../../../record/worth.ts';
import { plural } from '../../../util/plural.ts';

/** `cortex show <attempt>`: one attempt in full. */
export function addShowCommand(program: Command, run: RunCommand): void {
  program
    .command('show')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description('show one attempt: reasoning, verdict, diff, curves')
    .action((name: string, flags: CommonFlags) => run(flags, (context) => show(name, context)));
}

async function show(name: string, { engine, output, folder }: CommandContext): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  const attempt = await engine.attempt(study, summary.id);
  const seeds = await engine.seedTable(study, summary.id);
  const history = await engine.history(study);
  const hunks = await engine.hunkEffects(study, summary.id);
  const [document] = await attemptDocuments(engine, study, [summary]);
  if (document)
    output.document('show', {
      attempt: document,
      diff: diffOf(attempt),
      curves: attempt.trials.map((trial) => trial.curves),
      hunks: hunksDocument(hunks),
      seeds: {
        columns: [...seeds.columns],
        rows: seeds.rows.map((row) => ({ ...row, values: [...row.values] })),
      },
    });
  for (const line of [...describe(attempt, { summary, history, seeds }), ...hunkLines(hunks)])
    output.print(line);
}

/** What stands beside the record itself. */
interface Beside {
  readonly summary: AttemptSummary;
  readonly history: readonly AttemptSummary[];
  readonly seeds: SeedTable;
}

function describe(attempt: Attempt, beside: Beside): readonly string[] {
  const { verdict, environment, config } = attempt;
  const head =
    `${pc.bold(`#${attempt.number} ${titleOf(attempt)}`)}  ` +
    `${styleTag(beside.summary)}  ${pc.dim(shortCommit(beside.summary.commit))}`;
  const evidence = evidenceOf(attempt).map(
    ({ text, lines }) =>
      `  · ${text}` +
      (lines.length > 0 ? ` (${config.log ?? 'log'} line ${lines.join(', ')})` : ''),
  );
  const taken = takenText(meansOf(attempt.trials));
  const where = environment
    ? [pc.dim(`trained on ${environment.runtime}, ${environment.platform}`)]
    : [];
  return [
    head,
    verdict.text,
    ...evidenceLines(attempt, beside),
    ...(attempt.kind === 'baseline' ? [] : [reasoningOf(attempt), ...evidence]),
    ...attempt.trials.flatMap(curveLines),
    ...(taken === null ? [] : [taken]),
    ...where,
    styleDiff(diffOf(attempt)),
  ];
}

/**
 * The metric with the noise around it, the comparisons with parent and baseline, and the seeds they
 * rest on.
 */
function evidenceLines(
  { verdict, config, parents: [parentId] }: Attempt,
  { summary, history, seeds }: Beside,
): readonly string[] {
  const name = objectiveOf(config).metric;
  const measured = summary.metric
    ? [`${name} ${measuredText(summary.metric)}`, pc.dim(worthText(config))]
    : [];
  const compared = verdict.comparisons.map(
    (comparison) =>
      `  against ${rivalName(comparison.against, { parentId, history })}: ` +
      `${comparisonText(comparison)}`,
  );
  const head = ['seed', ...seeds.columns.map(({ name }) => name)];
  const rows = seeds.rows.map(({ seed, values }) => [
    String(seed),
    ...values.map((value) => (value === null ? '–' : formatNumber(value))),
  ]);
  return [
    ...measured,
    ...compared,
    ...(rows.length === 0 ? [] : aligned([head, ...rows]).map((line) => `  ${line}`)),
  ];
}

function curveLines({ seed, curves }: Attempt['trials'][number]): readonly string[] {
  return Object.entries(curves).map(([name, values]) => {
    const ends = [values[0], values.at(-1)].map((value) =>
      typeof value !== 'number' ? '?' : formatNumber(value),
    );
    return pc.dim(
      `  seed ${seed}  ${name.padEnd(16)} ${ends.join(' → ')} over ` +
        plural(values.length, 'epoch'),
    );
  });
}
