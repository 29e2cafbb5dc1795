import type { Command } from 'commander';
import { concludeAblation } from '../../../loop/ablation/hunkEffects.ts';
import { hunksDocument } from '../../../show/documents/hunksDocument.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { hunkLines } from '../style.ts';

/** `cortex ablate <attempt>`: which of a better attempt's hunks brought the gain. */
export function addAblateCommand(program: Command, run: RunCommand): void {
  program
    .command('ablate')
    .argument('<attempt>', 'id, number or commit of an attempt that was judged better')
    .description('train a better attempt without each of its hunks in turn: which line paid?')
    .action((name: string, flags: CommonFlags) => run(flags, (context) => ablate(name, context)));
}

async function ablate(
  name: string,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  const effects = await engine.ablate(study, summary.id, signal);
  output.document('ablate', {
    attempt: summary.id,
    hunks: hunksDocument(effects),
    conclusions: [...concludeAblation(effects)],
  });
  for (const line of hunkLines(effects)) output.print(line);
}
