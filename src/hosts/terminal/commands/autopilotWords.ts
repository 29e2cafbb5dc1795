import { Option, type Command } from 'commander';
import { withAsked } from '../../../loop/autopilot/stateChanges.ts';
import {
  askNow,
  keptOf,
  ownTask,
  sayWord,
  tasksOf,
  type Word,
} from '../../../loop/autopilot/words.ts';
import { TASK_KINDS, type Task } from '../../../record/autopilotState.ts';
import { statusDocument } from '../../../show/documents/autopilotDocument.ts';
import type { Study } from '../../../study/study.ts';
import { CortexError } from '../../../util/errors.ts';
import { statusLines } from '../autopilotLines.ts';
import { printReport, studiesMeant } from '../autopilotStudies.ts';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { flyAutopilot } from '../flyAutopilot.ts';
import { parseWeight } from '../numbers.ts';

interface AddFlags extends CommonFlags {
  readonly kind: Task['kind'];
  readonly priority: number;
  readonly goal?: string;
}

const MODELS = 'model files, or folders of studies (default: all of this repository)';

/** What a person says to an autopilot, whether it runs or not: `status`, `pause`, `now` … */
export function addAutopilotWords(autopilot: Command, run: RunCommand): void {
  const said = (word: string, description: string, say: Say): void => {
    autopilot
      .command(word)
      .argument('[model...]', MODELS)
      .description(description)
      .action((models: readonly string[], _: unknown, command: Command) =>
        run(command.optsWithGlobals<CommonFlags>(), async (context) =>
          say(await studiesMeant(models, context), context),
        ),
      );
  };
  said('status', 'how it stands, what it would do next, and why', printStatus);
  said('report', 'what was tried, what is better, and what it cost', (studies, context) =>
    printReport(studies, null, context),
  );
  said('pause', 'begin nothing new until resume', told('pause'));
  said('resume', 'go on, with what was set aside, too', told('resume'));
  said(
    'stop',
    'end the autopilot that works on it; what is under way goes on next time',
    told('stop'),
  );
  addTaskWords(autopilot, run);
}

type Say = (studies: readonly Study[], context: CommandContext) => Promise<void>;

function addTaskWords(autopilot: Command, run: RunCommand): void {
  autopilot
    .command('now')
    .argument('<model>', 'model file, or the folder that holds it')
    .argument('[task]', 'kind or name of a task (default: the one that promises most)')
    .description('do a task now, whatever holds the autopilot back')
    .action((model: string, name: string | undefined, _: unknown, command: Command) =>
      run(command.optsWithGlobals<CommonFlags>(), (context) => doNow(model, name, context)),
    );
  autopilot
    .command('add')
    .argument('<model>', 'model file, or the folder that holds it')
    .description('add a task of your own')
    .addOption(
      new Option('--kind <kind>', 'what is to be done').choices(TASK_KINDS).makeOptionMandatory(),
    )
    .addOption(
      new Option('--priority <factor>', 'what its priority is multiplied by')
        .argParser(parseWeight)
        .default(1),
    )
    .option('--goal <words>', 'what you want, in your own words (training)')
    .action((model: string, _: unknown, command: Command) =>
      run(command.optsWithGlobals<AddFlags>(), (context) =>
        add(model, command.optsWithGlobals<AddFlags>(), context),
      ),
    );
}

async function printStatus(studies: readonly Study[], context: CommandContext): Promise<void> {
  const { engine, output, signal } = context;
  const documents = await Promise.all(
    studies.map(async (study) => {
      const kept = await keptOf(study, engine.autopilots);
      return statusDocument(kept, await tasksOf(kept, signal, { work: engine, now: Date.now }));
    }),
  );
  output.document('autopilotStatus', { studies: documents });
  for (const line of documents.flatMap(statusLines)) output.print(line);
}

const told =
  (word: Word): Say =>
  async (studies, context) => {
    for (const study of studies)
      if (!(await sayWord(word, study, context.engine.autopilots)))
        context.output.print(`No autopilot works on ${study.name}.`);
    await printStatus(studies, context);
  };

/** Where an autopilot works on it, it is told; else the task is done here. */
async function doNow(
  model: string,
  name: string | undefined,
  context: CommandContext,
): Promise<void> {
  const { engine, output, signal } = context;
  const store = engine.autopilots;
  const study = await studyMeant(model, context);
  const kept = await keptOf(study, store);
  const task = await askNow(kept, name, { work: engine, now: Date.now, store, signal });
  if (!kept.running) return flyAutopilot([study], { scope: 'once', tasks: 1, signal }, context);
  output.print(`${task.kind} comes next: ${task.why}`);
  await printStatus([study], context);
}

async function add(
  model: string,
  { kind, priority, goal }: AddFlags,
  context: CommandContext,
): Promise<void> {
  const study = await studyMeant(model, context);
  const task = ownTask(kind, priority, goal);
  await context.engine.autopilots.change(study, `added ${task.key}`, (state) =>
    withAsked(state, task),
  );
  await printStatus([study], context);
}

async function studyMeant(model: string, context: CommandContext): Promise<Study> {
  const [study, ...others] = await studiesMeant([model], context);
  if (!study || others.length > 0)
    throw severalStudies([study, ...others].map((each) => each?.name ?? ''));
  return study;
}

const severalStudies = (names: readonly string[]): CortexError =>
  new CortexError({
    code: 'study-ambiguous',
    kind: 'input',
    happened: `Several studies are meant: ${names.join(', ')}.`,
    expected: 'one study.',
    remedy: 'Name its model file.',
  });
