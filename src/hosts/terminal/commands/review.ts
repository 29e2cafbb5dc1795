import { resolve } from 'node:path';
import type { Command } from 'commander';
import { citation } from '../../../propose/catalogue/works.ts';
import { rankWorks, type RankedWork } from '../../../search/rankWorks.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount } from '../numbers.ts';

interface ReviewFlags extends CommonFlags {
  readonly works: number;
}

/** `cortex review [model]`: the literature behind the ideas that a model's diagnosis calls for. */
export function addReviewCommand(program: Command, run: RunCommand): void {
  program
    .command('review')
    .argument('[model]', 'model file, or the folder that holds it: what fits it goes first')
    .description('the works behind what fits a model: what they found, and when it fails')
    .option('--works <n>', 'how many', parseCount, 10)
    .action((model: string | undefined, flags: ReviewFlags) =>
      run(flags, (context) => review(model, flags, context)),
    );
}

async function review(
  model: string | undefined,
  { works: count }: ReviewFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const study = model === undefined ? null : await engine.openStudy(resolve(folder, model));
  const works = rankWorks(await engine.ideas(study, signal)).slice(0, count);
  output.document('review', {
    works: works.map(({ work, need, proposal }) => ({
      ...{ id: work.id, citation: citation(work), claim: work.claim, fails: work.fails, need },
      ideas: [...work.ideas],
      proposal: proposal?.title ?? null,
    })),
  });
  for (const ranked of works) for (const line of linesOf(ranked)) output.print(line);
}

const linesOf = ({ work, need, idea, proposal }: RankedWork): readonly string[] => [
  citation(work),
  `  ${work.claim}`,
  `  But: ${work.fails}`,
  ...(proposal && idea !== null
    ? [`  Here: ${proposal.title} (called for ${Math.round(need * 100)} %; --goal "idea ${idea}")`]
    : []),
  '',
];
