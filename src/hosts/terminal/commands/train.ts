import { plural } from '../../../util/plural.ts';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { metricText, shortCommit } from '../../../record/format.ts';
import { trainDocument } from '../../../show/documents/trainDocument.ts';
import { trainStudy } from '../../trainStudy.ts';
import { noiseAround } from '../../../study/noiseFloor.ts';
import { withSeeds, type Study } from '../../../study/study.ts';
import { attemptNotTrained } from '../errors.ts';
import { openTrainable } from '../../openTrainable.ts';
import { observeOption } from '../observeOption.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { parseCount } from '../numbers.ts';

interface TrainFlags extends CommonFlags {
  readonly seeds?: number;
  readonly observeSeconds: number;
}

/**
 * `cortex train <model>`: trains the file as it is and records it as a baseline; with an attempt in
 * its place, trains that with more seeds.
 */
export function addTrainCommand(program: Command, run: RunCommand): void {
  program
    .command('train')
    .argument(
      '<model>',
      'model file, or the folder that holds it; or an attempt (number or id), to train it ' +
        'with more seeds',
    )
    .description('train the model as it is, over several seeds')
    .option('--seeds <n>', 'how many seeds, in all', parseCount)
    .addOption(observeOption())
    .action((model: string, flags: TrainFlags) =>
      run(flags, (context) => (isAttempt(model) ? retrain : train)(model, flags, context)),
    );
}

/** `3`, `#3`, or an id: `digits-3-1f2e3d4c`. A folder of such a name is reached by `./3`. */
const isAttempt = (name: string): boolean => /^#?\d+$|^[^./\\]+-\d+-[0-9a-z]+$/.test(name);

async function retrain(
  name: string,
  { seeds }: TrainFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const {
    study,
    summary: { id },
  } = await engine.findAttempt(folder, name);
  const summary = await engine.train(study, { retrain: id, seeds, signal });
  const attempt = await engine.attempt(study, summary.id);
  if (!summary.metric) throw attemptNotTrained(attempt.number, attempt.verdict.text);
  const noiseFloor = noiseAround(await engine.history(study))(summary);
  tell(
    study,
    trainDocument(study, {
      ...attempt,
      runtime: attempt.environment?.runtime ?? 'unknown',
      commit: summary.commit,
      noiseFloor,
    }),
    output,
  );
  output.print(`#${attempt.number} ${attempt.verdict.text}`);
}

async function train(
  model: string,
  flags: TrainFlags,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const study = withSeeds(
    await openTrainable(engine, resolve(folder, model), {
      seconds: flags.observeSeconds,
      signal,
      say: (text) => output.print(text),
    }),
    flags.seeds,
  );
  tell(study, trainDocument(study, await trainStudy(engine, study, signal)), output);
}

function tell(
  study: Study,
  document: ReturnType<typeof trainDocument>,
  output: CommandContext['output'],
): void {
  const { metric, parameters, runtime, commit } = document;
  output.document('train', document);
  output.print(
    `${metric.name} ${metricText(metric)} over ` +
      `${plural(metric.values.length, 'seed')} · ` +
      `${parameters?.toLocaleString('en') ?? '?'} parameters · ${runtime}`,
  );
  output.print(
    commit
      ? `Recorded as ${shortCommit(commit)} on cortex/${study.name}.`
      : 'Not recorded: this folder is in no git repository. `git init` here keeps what you try.',
  );
}
