import type { Command } from 'commander';
import { sayWhose } from '../sayWhose.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

interface ApplyFlags extends CommonFlags {
  readonly overwrite?: boolean;
}

/** `cortex apply <attempt>`: writes an attempt's builder into the user's model file. */
export function addApplyCommand(program: Command, run: RunCommand): void {
  program
    .command('apply')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description('write the model file as that attempt trained it')
    .option('--overwrite', 'also when the file holds changes that no attempt has kept')
    .action((name: string, flags: ApplyFlags) =>
      run(flags, (context) => apply(name, flags, context)),
    );
}

async function apply(
  name: string,
  flags: ApplyFlags,
  { engine, output, folder }: CommandContext,
): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  sayWhose(study, output);
  await engine.apply(study, summary.id, flags.overwrite ? 'overwrite' : 'keep');
  output.document('apply', { file: study.modelPath, attempt: summary.id });
  output.print(`Wrote #${summary.number} (${summary.title}) to ${study.modelPath}.`);
}
