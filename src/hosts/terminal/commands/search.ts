import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import pc from 'picocolors';
import { formatNumber } from '../../../record/format.ts';
import type { Placed } from '../../../loop/sweep/standing.ts';
import type { SweepReport } from '../../../loop/sweep/searchModel.ts';
import { searchDocument } from '../../../show/documents/searchDocument.ts';
import { cancelledError } from '../../../util/errors.ts';
import { unprovenText } from '../../../show/unproven.ts';
import { withObjective } from '../../searchRequest.ts';
import { openTrainable } from '../../openTrainable.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { addModelOptions } from '../modelOptions.ts';
import { parseCount, parseMinutes, parseSeed } from '../numbers.ts';
import { observeOption } from '../observeOption.ts';
import { attemptHeader, attemptRow, meterLines } from '../style.ts';

interface SearchFlags extends CommonFlags {
  /** Absent: 10, or no end where trials are given. */
  readonly minutes?: number;
  readonly trials?: number;
  readonly seed: number;
  readonly objective?: string;
  readonly tune?: true;
  readonly experience: 'used' | 'ignored';
  readonly observeSeconds: number;
}

const MINUTES = 10;

/** `cortex search <model>`: structure and numbers together, many short runs, side by side. */
export function addSearchCommand(program: Command, run: RunCommand): void {
  addModelOptions(
    program
      .command('search')
      .argument('<model>', 'model file, or the folder that holds it')
      .description('search structure and numbers together, then race what is best')
      .option(
        '--minutes <m>',
        'the search ends after so many minutes, its race included (default: 10, or no end with ' +
          '--trials)',
        parseMinutes,
      )
      .option('--trials <n>', 'how many configurations to try', parseCount)
      .option(
        '--objective <list>',
        "what to optimise, then what to hold, e.g. 'val_loss, parameters <= 60000' (default: the " +
          "study's own)",
      )
      .option('--tune', 'search only what the model file marks (docs/search.md)')
      .addOption(
        new Option('--experience <use>', 'what other studies of the repository taught')
          .choices(['used', 'ignored'])
          .default('used'),
      )
      .option('--seed <n>', 'seed of the search', parseSeed, 1)
      .addOption(observeOption()),
  ).action((model: string, flags: SearchFlags) =>
    run(flags, (context) => search(model, flags, context)),
  );
}

async function search(model: string, flags: SearchFlags, context: CommandContext): Promise<void> {
  const { engine, output, signal, folder } = context;
  const study = await openTrainable(engine, resolve(folder, model), {
    seconds: flags.observeSeconds,
    signal,
    say: (text) => output.print(text),
  });
  const report = await engine.search(withObjective(study, flags.objective), {
    ...budgetOf(flags),
    seed: flags.seed,
    experience: flags.experience,
    scope: flags.tune ? 'marked' : 'everything',
    signal,
  });
  await print(report, context);
  if (report.end.kind === 'cancelled') throw cancelledError('The search');
}

const budgetOf = ({
  minutes,
  trials,
}: SearchFlags): { readonly minutes?: number; readonly trials?: number } => ({
  ...(trials !== undefined && { trials }),
  ...(minutes !== undefined || trials === undefined ? { minutes: minutes ?? MINUTES } : {}),
});

async function print(report: SweepReport, { engine, output }: CommandContext): Promise<void> {
  if (output.format === 'json')
    return output.document('search', await searchDocument(engine, report));
  const history = await engine.history(report.study);
  const { standing, attempts, best, parent } = report;
  const shown = new Map([parent, ...attempts, best].map((attempt) => [attempt.id, attempt]));
  const rows = [...shown.values()].toSorted((a, b) => a.number - b.number);
  const lines = [
    '',
    `#${report.sweep.number} ${report.text}`,
    ...placesOf(
      'Fewest parameters for what they reach:',
      standing.front,
      standing.objective.metric,
    ),
    ...importanceLines(report),
    '',
    attemptHeader(standing.objective.metric),
    ...rows.map((attempt) => attemptRow(attempt, { best })),
    '',
    ...meterLines(history, best),
    `${report.stopped}; every attempt is a commit on ${pc.bold(report.branch)}.`,
    takeText(report),
  ];
  for (const line of lines) output.print(line);
}

function takeText({ winner, best, parent, attempts }: SweepReport): string {
  const taken = winner ?? (best.id === parent.id ? null : best);
  if (taken) return `Take it: cortex apply ${taken.id}   Look first: cortex show ${taken.id}`;
  return unprovenText(attempts);
}

function placesOf(title: string, places: readonly Placed[], metric: string): readonly string[] {
  if (places.length === 0) return [];
  const rows = places.map(
    ({ value, parameters, text }) =>
      `  ${metric} ${formatNumber(value)}  ${String(parameters)} parameters  ` +
      (text === '' ? 'as it is' : text),
  );
  return [title, ...rows];
}

const importanceLines = ({ standing: { importance } }: SweepReport): readonly string[] => {
  const told = importance.filter(({ share }) => share >= 0.05).slice(0, 5);
  const parts = told.map(({ name, share }) => `${name} ${Math.round(100 * share)} %`);
  return parts.length === 0 ? [] : [`What made the difference: ${parts.join(', ')}.`];
};
