import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import * as z from 'zod';
import type { NewModel } from '../../../loop/start/newModel.ts';
import { referenceRows, summary } from '../../../propose/start/startNote.ts';
import type { StartTask } from '../../../propose/start/survey.ts';
import { formatNumber } from '../../../record/format.ts';
import { newDocument } from '../../../show/documents/newDocument.ts';
import type { Configuration } from '../../../search/space/dimension.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';

interface NewFlags extends CommonFlags {
  readonly target?: string;
  readonly task?: StartTask;
  readonly language: 'typescript' | 'javascript' | 'python';
  readonly framework: 'keras' | 'pytorch';
  readonly to?: string;
  readonly choose?: string;
  readonly vector?: Configuration;
  readonly encoding?: string;
  readonly separator?: string;
  readonly git?: boolean;
}

const TASKS = ['classification', 'regression', 'forecast', 'characters', 'words'];

/** `cortex new <data>`: a first model from data alone. */
export function addNewCommand(program: Command, run: RunCommand): void {
  program
    .command('new')
    .argument('<data>', 'a CSV table, a folder with a folder of images a class, or a text')
    .description('look at data, and write a first model for them: the best of three kinds')
    .option('--target <column>', 'the column to be predicted (default: by its name, or the last)')
    .addOption(
      new Option('--task <task>', 'what kind of model (default: by the data)').choices(TASKS),
    )
    .addOption(
      new Option('--language <language>', 'of the model')
        .choices(['typescript', 'javascript', 'python'])
        .default('typescript'),
    )
    .addOption(
      new Option('--framework <framework>', 'of a model in Python')
        .choices(['keras', 'pytorch'])
        .default('keras'),
    )
    .option('--to <folder>', 'where it is written (default: beside the data, NAME-model)')
    .option('--choose <name>', 'the first model that stays (default: the best in a first training)')
    .option('--vector <json>', 'a network of blocks in place of the three', parseVector)
    .option('--encoding <name>', 'of a text, e.g. windows-1252 (default: UTF-8 or UTF-16)')
    .option('--separator <sign>', 'between the cells of a table (default: found out)')
    .option('--git', 'make the new folder a git repository, so that every attempt is kept')
    .action((data: string, flags: NewFlags) =>
      run(flags, (context) => makeNew(data, flags, context)),
    );
}

async function makeNew(data: string, flags: NewFlags, context: CommandContext): Promise<void> {
  const { engine, output, signal, folder } = context;
  const path = resolve(folder, data);
  const { target, task, encoding, separator } = flags;
  const survey = await engine.surveyData({ path, target, task, encoding, separator }, signal);
  output.print(summary(survey));
  for (const { severity, text } of survey.notes)
    output.print(`${severity === 'warning' ? '! ' : '  '}${text}`);
  const made = await engine.newModel({
    survey,
    language: flags.language === 'python' ? flags.framework : flags.language,
    folder: resolve(folder, flags.to ?? beside(path)),
    choose: flags.choose ?? null,
    ...(flags.vector && { vector: flags.vector }),
    signal,
  });
  if (flags.git === true) await engine.initRepository(made.folder);
  output.document('new', newDocument(made));
  const place = relative(folder, made.folder) || '.';
  for (const line of madeLines(made, place)) output.print(line);
  const first = (await engine.isInRepository(made.folder)) ? '' : `git init ${place} && `;
  output.print(`Go on with: ${first}cortex improve ${place}`);
}

/** `{"blocks": 2, "width of block 1": 64}` */
function parseVector(text: string): Configuration {
  const parsed = vectorSchema.safeParse(parsedJson(text));
  if (parsed.success) return parsed.data;
  throw new InvalidArgumentError('expected a JSON object of names with numbers or words.');
}

const vectorSchema = z.record(z.string(), z.union([z.string(), z.number()]));

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `houses.csv` → `houses-model`, beside it. */
const beside = (path: string): string =>
  join(dirname(path), `${basename(path, extname(path))}-model`);

function madeLines(made: NewModel, place: string): readonly string[] {
  const { models, chosen, metric, references, untried, files } = made;
  const width = Math.max(...models.map(({ name }) => name.length), 33);
  const row = (name: string, score: number | null, more: string): string => {
    const value = score === null ? '–' : formatNumber(score);
    return `  ${name.padEnd(width)} ${value.padStart(10)}  ${more}`;
  };
  return [
    '',
    `${metric} after one training each:`,
    ...referenceRows(references, metric).map(({ name, score }) => row(name, score, 'reference')),
    ...models.map(({ name, score, title, confidence, failure }) =>
      row(
        name,
        score,
        failure ?? `${name === chosen ? '← ' : ''}${title} (confidence ${percent(confidence)})`,
      ),
    ),
    ...(untried === null ? [] : [`Not tried: ${untried}`]),
    '',
    `Written to ${place}: ${files.join(', ')}.`,
  ];
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;
