import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { Trial } from '../../core/attempts/attempt.ts';
import { formatMetric } from '../../core/attempts/format.ts';
import { metricOf } from '../../core/attempts/summary.ts';
import { CortexError } from '../../core/errors.ts';
import { completedTrials } from '../../core/judge/judgeTrials.ts';
import type { Study } from '../../core/study/study.ts';
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

async function train(model: string, flags: TrainFlags, context: CommandContext): Promise<void> {
  const { engine, output, folder } = context;
  const opened = await engine.openStudy(resolve(folder, model));
  const study: Study = flags.seeds === undefined ? opened : { ...opened, config: { ...opened.config, seeds: flags.seeds } };
  const { trials, parameters, runtime, commit } = await trainStudy(study, context);
  const name = study.config.objective.metric;
  const completed = completedTrials(trials);
  const metric = metricOf({ trials: [...trials] });
  if (!metric) throw new RangeError('a baseline without a completed trial was not refused');
  output.document('train', { metric: { name, ...metric, values: [...metric.values] }, parameters, runtime, curves: completed.map((trial) => trial.curves), commit });
  output.print(`${name} ${formatMetric(metric.values)} over ${completed.length} seeds · ${parameters?.toLocaleString('en') ?? '?'} parameters · ${runtime}`);
  output.print(commit ? `Recorded as ${commit.slice(0, 10)} on cortex/${study.name}.` : 'Not recorded: this folder is in no git repository. `git init` here keeps what you try.');
}

interface Trained {
  readonly trials: readonly Trial[];
  readonly parameters: number | null;
  readonly runtime: string;
  readonly commit: string | null;
}

async function trainStudy(study: Study, { engine, signal }: CommandContext): Promise<Trained> {
  try {
    const summary = await engine.train(study, { retrain: null, signal });
    const attempt = await engine.attempt(study, summary.id);
    return { ...attempt, runtime: attempt.environment?.runtime ?? 'unknown', commit: summary.commit };
  } catch (error) {
    if (!(error instanceof CortexError) || error.code !== 'git-no-repository') throw error;
    const result = await engine.tryOut(study, signal);
    return { ...result, runtime: result.environment.runtime, commit: null };
  }
}
