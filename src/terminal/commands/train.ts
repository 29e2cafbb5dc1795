import { resolve } from 'node:path';
import type { Command } from 'commander';
import { metricText } from '../../core/attempts/format.ts';
import { trainDocument, trainStudy, withSeeds } from '../../core/documents/trainDocument.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount } from '../numbers.ts';

interface TrainFlags extends CommonFlags {
  readonly seeds?: number;
}

/** `cortex train <model>`: trains the file as it is and records it as a baseline. */
export function addTrainCommand(program: Command, run: RunCommand): void {
  program
    .command('train')
    .argument('<model>', 'model file, or the folder that holds it')
    .description('train the model as it is, over several seeds')
    .option('--seeds <n>', 'how many seeds', parseCount)
    .action((model: string, flags: TrainFlags) => run(flags, (context) => train(model, flags, context)));
}

async function train(model: string, flags: TrainFlags, { engine, output, signal, folder }: CommandContext): Promise<void> {
  const study = withSeeds(await engine.openStudy(resolve(folder, model)), flags.seeds);
  const document = trainDocument(study, await trainStudy(engine, study, signal));
  const { metric, noiseFloor, parameters, runtime, commit } = document;
  output.document('train', document);
  output.print(`${metric.name} ${metricText(metric, noiseFloor ?? metric.sd)} over ${metric.values.length} seeds · ${parameters?.toLocaleString('en') ?? '?'} parameters · ${runtime}`);
  output.print(commit ? `Recorded as ${commit.slice(0, 10)} on cortex/${study.name}.` : 'Not recorded: this folder is in no git repository. `git init` here keeps what you try.');
}
