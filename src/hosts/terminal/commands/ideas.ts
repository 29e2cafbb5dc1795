import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ListedIdea } from '../../../search/listIdeas.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/** `cortex ideas [model]`: all that can be proposed, where it comes from, and how it has done. */
export function addIdeasCommand(program: Command, run: RunCommand): void {
  program
    .command('ideas')
    .argument('[model]', 'model file, or the folder that holds it: what fits it goes first')
    .description('all that Cortex can propose: source, when it helps, how it has done')
    .action((model: string | undefined, flags: CommonFlags) =>
      run(flags, (context) => ideas(model, context)),
    );
}

async function ideas(
  model: string | undefined,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const study = model === undefined ? null : await engine.openStudy(resolve(folder, model));
  const listed = await engine.ideas(study, signal);
  output.document('ideas', {
    ideas: listed.map(({ name, family, source, helps, harms, here, record }) => ({
      ...{ name, family, source, record },
      ...{ helps: [...helps], harms: [...harms], here: [...here] },
    })),
  });
  for (const idea of listed) for (const line of linesOf(idea)) output.print(line);
  output.print(`${listed.length} ideas. To ask for one: cortex improve <model> --goal "idea NAME"`);
}

function linesOf({ name, family, source, helps, harms, here, record }: ListedIdea): string[] {
  const [first] = here;
  return [
    `${name} (${family})`,
    ...(first
      ? [`  here: ${first.title}${more(here.length)} · called for ${percent(first.need)}`]
      : []),
    `  helps against ${helps.slice(0, 4).join(', ') || 'nothing that a log shows'}` +
      (harms.length > 0 ? `; makes ${harms.slice(0, 3).join(', ')} worse` : ''),
    `  ${source}`,
    ...(record ? [`  so far: tried ${record.tries}, better ${record.better}`] : []),
    '',
  ];
}

const more = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '');

const percent = (share: number): string => `${Math.round(share * 100)} %`;
