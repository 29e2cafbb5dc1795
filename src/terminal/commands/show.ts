import type { Command } from 'commander';
import pc from 'picocolors';
import type { Attempt } from '../../core/attempts/attempt.ts';
import { formatNumber } from '../../core/attempts/format.ts';
import { attemptDocuments } from '../../core/documents/attemptDocument.ts';
import { hunksDocument } from '../../core/documents/hunksDocument.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { hunkLines, styleDiff, styleVerdict } from '../style.ts';

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
  const hunks = await engine.hunkEffects(study, summary.id);
  const [document] = await attemptDocuments(engine, study, [summary]);
  if (document) output.document('show', {
    attempt: document,
    diff: attempt.proposal?.diff ?? '',
    curves: attempt.trials.map((trial) => trial.curves),
    hunks: hunksDocument(hunks),
  });
  for (const line of [...describe(attempt, summary.commit), ...hunkLines(hunks)]) output.print(line);
}

function describe(attempt: Attempt, commit: string): readonly string[] {
  const { proposal, verdict, environment } = attempt;
  const head = `${pc.bold(`#${attempt.number} ${proposal?.title ?? 'Baseline'}`)}  ${styleVerdict(verdict.kind)}  ${pc.dim(commit.slice(0, 10))}`;
  const reasoning = proposal ? [proposal.reasoning, ...proposal.evidence.map((item) => `  · ${item.text}${item.lines.length > 0 ? ` (log line ${item.lines.join(', ')})` : ''}`)] : [];
  const where = environment ? [pc.dim(`trained on ${environment.runtime}, ${environment.platform}`)] : [];
  return [head, verdict.text, ...reasoning, ...attempt.trials.flatMap(curveLines), ...where, proposal ? styleDiff(proposal.diff) : ''];
}

function curveLines({ seed, curves }: Attempt['trials'][number]): readonly string[] {
  return Object.entries(curves).map(([name, values]) => {
    const ends = [values[0], values.at(-1)].map((value) => (typeof value !== 'number' ? '?' : formatNumber(value)));
    return pc.dim(`  seed ${seed}  ${name.padEnd(16)} ${ends.join(' → ')} over ${values.length} epochs`);
  });
}
