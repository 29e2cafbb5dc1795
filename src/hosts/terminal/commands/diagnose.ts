import { resolve } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { diagnoseDocument } from '../../../show/documents/diagnoseDocument.ts';
import { compareRuns } from '../../../log/compareRuns.ts';
import type { SeriesComparison } from '../../../log/compareRuns.ts';
import type { Diagnosis, Finding } from '../../../log/diagnosis.ts';
import { plural } from '../../../util/plural.ts';
import { sparkline } from '../../../util/sparkline.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount } from '../numbers.ts';
import type { Output } from '../output.ts';

/**
 * `cortex diagnose <log>`: what a training log says about its run, or about the difference to
 * another.
 */
export function addDiagnoseCommand(program: Command, run: RunCommand): void {
  program
    .command('diagnose')
    .argument('<log>', 'training log')
    .description('read a training log: trend, gap, overfitting, findings')
    .option('--run <n>', 'which run of the file, from 1 (default: the last)', parseCount)
    .option('--follow', 'go on reading while the log is written; Ctrl+C ends it')
    .option('--against <log>', 'compare with the run of another log')
    .action((log: string, flags: DiagnoseFlags) =>
      run(flags, (context) => diagnose(log, flags, context)),
    );
}

interface DiagnoseFlags extends CommonFlags {
  readonly run?: number;
  readonly follow?: boolean;
  readonly against?: string;
}

async function diagnose(
  log: string,
  flags: DiagnoseFlags,
  { engine, output, folder, signal }: CommandContext,
): Promise<void> {
  const path = resolve(folder, log);
  const choice = flags.run === undefined ? {} : { run: flags.run };
  const against =
    flags.against === undefined ? null : await engine.diagnose(resolve(folder, flags.against));
  const tell = (diagnosis: Diagnosis): void => {
    show(diagnosis, against && compareRuns(diagnosis.series, against.series), output);
  };
  if (!flags.follow) return tell(await engine.diagnose(path, choice));
  output.print(pc.dim(`following ${log}, Ctrl+C ends it`));
  for await (const diagnosis of engine.followLog(path, { ...choice, signal })) {
    output.print('');
    if (diagnosis) tell(diagnosis);
    else output.print(pc.dim(`${log} shows no epoch yet`));
  }
}

function show(diagnosis: Diagnosis, comparison: SeriesComparison[] | null, output: Output): void {
  const { epochs, run, series, improvementRate, trend, gap, overfitting, findings } = diagnosis;
  output.document('diagnose', diagnoseDocument(diagnosis, comparison));
  output.print(
    `${plural(epochs, diagnosis.counter ?? 'epoch')} of ${Object.keys(series).join(', ')}`,
  );
  if (run.count > 1)
    output.print(
      `run ${run.index} of ${run.count} in this log (the last unless --run says otherwise)`,
    );
  const width = Math.max(...Object.keys(series).map((name) => name.length));
  for (const [name, values] of Object.entries(series))
    output.print(`${name.padEnd(width)} ${sparkline(values)} ${ends(values)}`);
  output.print(
    `improvement ${percent(improvementRate)} · trend ${trend} · gap ${percent(gap)} · ` +
      `overfitting ${overfitting}`,
  );
  for (const finding of findings) output.print(findingRow(finding));
  for (const row of comparison ?? []) output.print(comparisonRow(row));
}

const ends = (values: readonly (number | null)[]): string => {
  const known = values.filter((value) => value !== null);
  return known.length === 0
    ? ''
    : pc.dim(`${short(known[0] ?? NaN)} → ${short(known.at(-1) ?? NaN)}`);
};

const short = (value: number): string => String(Number(value.toPrecision(4)));

const WORDS = {
  better: 'better',
  worse: 'worse',
  equal: 'equal',
  unknown: 'which way is better is not known',
} as const;

const comparisonRow = ({ series, direction, value, other, standing }: SeriesComparison): string =>
  `${series.padEnd(16)} ${direction === null ? 'last' : 'best'} ${short(value)}, the other ` +
  `log ${short(other)}: ${WORDS[standing]}`;

const percent = (share: number | null): string =>
  share === null ? 'cannot tell' : `${(share * 100).toFixed(1)} %`;

const SEVERITY_STYLE = { info: pc.dim, warning: pc.yellow, problem: pc.red } as const;

function findingRow({ kind, severity, lines, text }: Finding): string {
  const where =
    lines.length > 0
      ? pc.dim(
          ` (${lines.length === 1 ? `line ${lines[0]}` : `lines ${lines[0]}–${lines.at(-1)}`})`,
        )
      : '';
  return `${SEVERITY_STYLE[severity](severity.padEnd(8))} ${kind.padEnd(24)} ${text}${where}`;
}
