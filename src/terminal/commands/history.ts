import { resolve } from 'node:path';
import type { Command } from 'commander';
import { currentBest } from '../../core/attempts/lineage.ts';
import { historyDocument } from '../../core/documents/historyDocument.ts';
import { noiseAround } from '../../core/judge/noiseFloor.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { attemptHeader, attemptRow, meterLine } from '../style.ts';

/** `cortex history <model>`: every attempt of a study. */
export function addHistoryCommand(program: Command, run: RunCommand): void {
  program
    .command('history')
    .argument('<model>', 'model file, or the folder that holds it')
    .description('list every attempt of a study')
    .action((model: string, flags: CommonFlags) => run(flags, (context) => history(model, context)));
}

async function history(model: string, { engine, output, folder }: CommandContext): Promise<void> {
  const study = await engine.openStudy(resolve(folder, model));
  const attempts = await engine.history(study);
  if (output.format === 'json') return output.document('history', await historyDocument(engine, study, attempts));
  if (attempts.length === 0) return output.print(`No attempts yet. Start with: cortex improve ${model}`);
  const best = currentBest(attempts, study.config.objective);
  output.print(attemptHeader(study.config.objective.metric));
  const shown = { best, noise: noiseAround(attempts) };
  for (const attempt of attempts) output.print(attemptRow(attempt, shown));
  if (best) output.print(`\n${meterLine(attempts, best)}`);
}
