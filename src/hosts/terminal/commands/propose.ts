import { resolve } from 'node:path';
import type { Command } from 'commander';
import pc from 'picocolors';
import { patchPath } from '../../../adapters/files/patchPath.ts';
import { formatChange } from '../../../record/format.ts';
import { diffOf, proposeDocument } from '../../../show/documents/proposeDocument.ts';
import type { Proposal } from '../../../study/proposal.ts';
import type { FindingKind } from '../../../log/diagnosis.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { focusOption } from '../focusOption.ts';
import { addModelOptions } from '../modelOptions.ts';
import { parseCount, parseSeed } from '../numbers.ts';
import { styleDiff } from '../style.ts';

interface ProposeFlags extends CommonFlags {
  readonly count: number;
  readonly seed: number;
  readonly goal?: string;
  readonly focus?: FindingKind;
  readonly showPrompt?: boolean;
}

/** `cortex propose <model>`: reasoned changes, without training any. */
export function addProposeCommand(program: Command, run: RunCommand): void {
  addModelOptions(
    program
      .command('propose')
      .argument('<model>', 'model file, or the folder that holds it')
      .description('propose reasoned changes without training them')
      .option('--count <n>', 'how many', parseCount, 1)
      .option('--seed <n>', 'seed of the search', parseSeed, 1)
      .option('--goal <words>', 'what you want, in your own words')
      .addOption(focusOption()),
  )
    .option('--show-prompt', 'show what a language model would be sent, and send nothing')
    .action((model: string, flags: ProposeFlags) =>
      run(flags, (context) => (flags.showPrompt ? showPrompt : propose)(model, flags, context)),
    );
}

async function showPrompt(
  model: string,
  { seed, goal, focus }: ProposeFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const preview = await engine.previewPrompt(await engine.openStudy(resolve(folder, model)), {
    seed,
    wish: goal ?? null,
    focus: focus ?? null,
    signal,
  });
  output.document('prompt', preview);
  output.print(
    `${preview.system}\n\n${preview.question}\n\n${pc.dim(`about ${preview.tokens} tokens`)}`,
  );
}

async function propose(
  model: string,
  flags: ProposeFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const study = await engine.openStudy(resolve(folder, model));
  const proposals = await engine.propose(study, {
    count: flags.count,
    seed: flags.seed,
    wish: flags.goal ?? null,
    focus: flags.focus ?? null,
    signal,
  });
  const path = patchPath(study.modelPath, study.folder);
  output.document('propose', proposeDocument(proposals, path));
  for (const proposal of proposals) output.print(describe(proposal, path));
  if (proposals.length === 0)
    output.print(
      'Nothing left to propose: every change that came up was tried in this study or did not ' +
        'pass its check.',
    );
}

function describe(proposal: Proposal, path: string): string {
  const { expectedEffect: effect, confidence } = proposal;
  const prediction = effect
    ? `expected ${effect.metric} ${formatChange(effect.delta)}, ` +
      `confidence ${Math.round((confidence ?? 0) * 100)} %`
    : 'no prediction';
  return [
    pc.bold(proposal.title),
    proposal.reasoning,
    pc.dim(prediction),
    ...(proposal.warnings ?? []).map((warning) => pc.yellow(`! ${warning}`)),
    styleDiff(diffOf(proposal, path)),
  ].join('\n');
}
