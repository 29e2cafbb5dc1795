import { resolve } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import type { Finding } from '../../core/trainingLog/diagnosis.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/** `cortex diagnose <log>`: what a training log says about its run. */
export function addDiagnoseCommand(program: Command, run: RunCommand): void {
  program
    .command('diagnose')
    .argument('<log>', 'training log')
    .description('read a training log: trend, gap, overfitting, findings')
    .action((log: string, flags: CommonFlags) => run(flags, (context) => diagnose(log, context)));
}

async function diagnose(log: string, { engine, output, folder }: CommandContext): Promise<void> {
  const diagnosis = await engine.diagnose(resolve(folder, log));
  const { epochs, series, improvementRate, trend, gap, overfitting, findings } = diagnosis;
  output.document('diagnose', {
    epochs,
    series: Object.fromEntries(Object.entries(series).map(([name, values]) => [name, values.map(finiteOrNull)])),
    improvementRate,
    trend,
    gap,
    overfitting,
    findings: findings.map(({ kind, severity, lines, text }) => ({ kind, severity, lines: [...lines], text })),
  });
  output.print(`${epochs} epochs of ${Object.keys(series).join(', ')}`);
  output.print(`improvement ${percent(improvementRate)} · trend ${trend} · gap ${percent(gap)} · overfitting ${overfitting}`);
  for (const finding of findings) output.print(findingRow(finding));
}

const percent = (share: number | null): string => (share === null ? 'cannot tell' : `${(share * 100).toFixed(1)} %`);

/** JSON has no NaN and no infinity; a series says `null` there and the findings say why. */
const finiteOrNull = (value: number | null): number | null => (value !== null && Number.isFinite(value) ? value : null);

const SEVERITY_STYLE = { info: pc.dim, warning: pc.yellow, problem: pc.red } as const;

function findingRow({ kind, severity, lines, text }: Finding): string {
  const where = lines.length > 0 ? pc.dim(` (line ${lines.length === 1 ? lines[0] : `${lines[0]}–${lines.at(-1)}`})`) : '';
  return `${SEVERITY_STYLE[severity](severity.padEnd(8))} ${kind.padEnd(24)} ${text}${where}`;
}
