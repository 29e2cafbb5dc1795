import type { Command } from 'commander';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

/** `cortex weights <attempt>`: the trained weights that are kept of it. */
export function addWeightsCommand(program: Command, run: RunCommand): void {
  program
    .command('weights')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description('list the trained weights that are kept of an attempt, by seed')
    .action((name: string, flags: CommonFlags) => run(flags, (context) => weights(name, context)));
}

async function weights(name: string, { engine, output, folder }: CommandContext): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  const { id, number, seeds } = await engine.weights(study, summary.id);
  output.document('weights', { attempt: id, seeds: [...seeds] });
  if (seeds.length === 0)
    output.print(
      `#${number} was trained without keeping its weights: cortex train --retrain ${number}`,
    );
  for (const { seed, sha256, bytes } of seeds)
    output.print(
      `seed ${seed}  ${sha256.slice(0, 16)}  ` +
        (bytes === null ? 'dropped; the same seed trains it again' : `${kibibytes(bytes)} KiB`),
    );
}

const kibibytes = (bytes: number): string => (bytes / 1024).toFixed(1);
