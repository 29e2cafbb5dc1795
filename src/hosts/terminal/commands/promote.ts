import { resolve } from 'node:path';
import type { Command } from 'commander';
import { shortCommit } from '../../../record/format.ts';
import { currentBest } from '../../../study/lineage.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { sayWhose } from '../sayWhose.ts';
import { attemptUnknown } from '../errors.ts';
import type { Study } from '../../../study/study.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { objectivesOf } from '../../../record/objectives.ts';

/** `cortex promote [attempt]`: one clean commit on a new branch. */
export function addPromoteCommand(program: Command, run: RunCommand): void {
  program
    .command('promote')
    .argument('[attempt]', 'id, number or commit of an attempt; default: the best')
    .description(
      'put an attempt on a new branch from HEAD, as one commit with its reasoning and verdicts',
    )
    .option('--branch <name>', 'default: cortex-promote/<study>-<number>')
    .option('--study <model>', 'model file, where no attempt is named', '.')
    .action((name: string | undefined, flags: PromoteFlags) =>
      run(flags, (context) => promote(name, flags, context)),
    );
}

interface PromoteFlags extends CommonFlags {
  readonly branch?: string;
  readonly study: string;
}

async function promote(
  name: string | undefined,
  flags: PromoteFlags,
  context: CommandContext,
): Promise<void> {
  const { engine, output, folder } = context;
  const { study, summary } =
    name === undefined ? await best(flags.study, context) : await engine.findAttempt(folder, name);
  sayWhose(study, output);
  const { branch, commit } = await engine.promote(study, summary.id, flags.branch);
  output.document('promote', { attempt: summary.id, branch, commit });
  output.print(
    `#${summary.number} ${summary.title} is one commit on ${branch} ` +
      `(${shortCommit(commit)}), from your HEAD. Your files and your branch are as they were.`,
  );
  output.print(`Push it: git push -u origin ${branch}`);
}

async function best(
  model: string,
  { engine, folder }: CommandContext,
): Promise<{ readonly study: Study; readonly summary: AttemptSummary }> {
  const study = await engine.openStudy(resolve(folder, model));
  const summary = currentBest(await engine.history(study), objectivesOf(study.config));
  if (!summary) throw attemptUnknown(study.name);
  return { study, summary };
}
