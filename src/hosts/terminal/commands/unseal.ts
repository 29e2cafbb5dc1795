import type { Command } from 'commander';
import type { MetricSummary } from '../../../record/measures.ts';
import { shortCommit } from '../../../record/format.ts';
import { metricOf, onTest } from '../../../record/measures.ts';
import type { TrainResult } from '../../../ports/trainer.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { objectiveOf } from '../../../record/objectives.ts';

/**
 * `cortex unseal <attempt>`: evaluates an attempt and its baseline on the sealed test part, and
 * records that it was opened.
 */
export function addUnsealCommand(program: Command, run: RunCommand): void {
  program
    .command('unseal')
    .argument('<attempt>', 'id, number or commit of an attempt')
    .description(
      'evaluate an attempt and its baseline on the sealed test part; the opening is recorded',
    )
    .action((name: string, flags: CommonFlags) => run(flags, (context) => unseal(name, context)));
}

async function unseal(
  name: string,
  { engine, output, signal, folder }: CommandContext,
): Promise<void> {
  const { study, summary } = await engine.findAttempt(folder, name);
  const { attempt, baseline, opening, record, text } = await engine.unseal(
    study,
    summary.id,
    signal,
  );
  const measure = onTest(objectiveOf(study.config).metric);
  output.document('unseal', {
    attempt: summary.id,
    metric: metricIn(attempt, measure),
    baseline: metricIn(baseline, measure),
    opening,
    commit: record.commit,
    text,
  });
  output.print(text);
  output.print(`Recorded as ${shortCommit(record.commit)} on cortex/${study.name}.`);
}

function metricIn({ trials }: TrainResult, measure: string): MetricSummary {
  const metric = metricOf(trials, measure);
  if (!metric) throw new RangeError('an opening without a completed trial was not refused');
  return metric;
}
