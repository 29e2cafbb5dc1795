import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { arrangeAttempts, type AttemptGroup } from '../../../show/arrange/arrangeAttempts.ts';
import {
  groupings,
  sortKeys,
  type Arrangement,
  type AttemptFilter,
  type Grouping,
  type SortKey,
} from '../../../show/arrange/arrangement.ts';
import { filterText } from '../../../show/arrange/filter.ts';
import { parseFilter, unknownVerdicts } from '../../../show/arrange/parseFilter.ts';
import { groupName } from '../../../show/arrange/groupName.ts';
import { currentBest } from '../../../study/lineage.ts';
import { historyDocument } from '../../../show/documents/historyDocument.ts';
import type { AttemptSummary } from '../../../record/attemptSummary.ts';
import { placeOf, type Study } from '../../../study/study.ts';
import { verdictUnknownError } from '../errors.ts';
import { fetchedStudy } from '../fetchedStudy.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import {
  attemptHeader,
  attemptRow,
  groupHeader,
  meterLines,
  trackLines,
  type RowContext,
} from '../style.ts';
import { objectiveOf, objectivesOf } from '../../../record/objectives.ts';

/** `cortex history <model>`: every attempt of a study. */
export function addHistoryCommand(program: Command, run: RunCommand): void {
  program
    .command('history')
    .argument('[model]', 'model file, or the folder that holds it (default: this folder)', '.')
    .description('list every attempt of a study')
    .addOption(
      new Option(
        '--sort <key>',
        'oldest first without it; the best, newest or smallest first with it',
      ).choices(sortKeys),
    )
    .option('--reverse', 'the other way round')
    .option(
      '--filter <words>',
      'verdict:better,worse operator:dropout proposer:offline starred, and words of the title',
    )
    .option(
      '--from <remote>',
      'read the study as it was fetched from a remote; the model file need not be here',
    )
    .addOption(new Option('--csv', 'print a CSV table').conflicts(['html', 'json']))
    .addOption(new Option('--html', 'print one HTML page with figures').conflicts('json'))
    .addOption(
      new Option('--group <by>', 'put together what has it in common')
        .choices(groupings)
        .default('none'),
    )
    .option(
      '--track-record',
      'also: what was predicted beside what came, by operator and by proposer',
    )
    .action((model: string, flags: HistoryFlags) =>
      run(flags, (context) => history(model, flags, context)),
    );
}

interface HistoryFlags extends CommonFlags {
  readonly sort?: SortKey;
  readonly reverse?: boolean;
  readonly from?: string;
  readonly csv?: boolean;
  readonly html?: boolean;
  readonly filter?: string;
  readonly group: Grouping;
  readonly trackRecord?: boolean;
}

async function history(
  model: string,
  flags: HistoryFlags,
  { engine, output, folder }: CommandContext,
): Promise<void> {
  const arrangement = arrangementOf(flags);
  const study = await studyOf(resolve(folder, model), flags, engine);
  const all = await engine.history(study);
  const { attempts, groups } = arrangeAttempts(all, arrangement, {
    objective: objectiveOf(study.config),
    marks: await engine.marks(study),
  });
  const format = flags.csv ? 'csv' : flags.html ? 'html' : null;
  if (format)
    return output.raw(
      await engine.exportHistory(study, { ids: attempts.map(({ id }) => id), format }),
    );
  if (output.format === 'json')
    return output.document('history', await historyDocument(engine, study, attempts));
  if (all.length === 0) return output.print(`No attempts yet. Start with: cortex improve ${model}`);
  const shown = { best: currentBest(all, objectivesOf(study.config)) };
  headLines(study).forEach(output.print);
  output.print(attemptHeader(objectiveOf(study.config).metric));
  const rows =
    groups?.flatMap((group) => groupRows(group, groupName(flags.group, group.key, all), shown)) ??
    attempts.map((attempt) => attemptRow(attempt, shown));
  rows.forEach(output.print);
  if (attempts.length < all.length)
    output.print(`${attempts.length} of ${all.length} attempts: ${filterText(arrangement.filter)}`);
  closingLines(all, shown, flags).forEach(output.print);
}

const studyOf = (
  path: string,
  { from }: HistoryFlags,
  engine: CommandContext['engine'],
): Promise<Study> =>
  from === undefined ? engine.openStudy(path) : fetchedStudy(from, path, engine);

const headLines = (study: Study): readonly string[] =>
  study.remote === undefined ? [] : [`${placeOf(study)}, read only.`];

/** What the whole history comes to. */
function closingLines(
  all: readonly AttemptSummary[],
  { best }: RowContext,
  { trackRecord }: HistoryFlags,
): readonly string[] {
  return [...(best ? ['', ...meterLines(all, best)] : []), ...(trackRecord ? trackLines(all) : [])];
}

const groupRows = (
  { attempts }: AttemptGroup,
  name: string,
  shown: RowContext,
): readonly string[] => [
  groupHeader(name),
  ...attempts.map((attempt) => attemptRow(attempt, shown)),
];

/** As a log is read: oldest first, unless something else is asked for. */
const arrangementOf = ({ sort, reverse, filter, group }: HistoryFlags): Arrangement => ({
  sort: { key: sort ?? 'number', reversed: (reverse ?? false) !== (sort === undefined) },
  filter: filterOf(filter ?? ''),
  group,
});

function filterOf(words: string): AttemptFilter {
  const unknown = unknownVerdicts(words);
  if (unknown.length > 0) throw verdictUnknownError(unknown);
  return parseFilter(words);
}
