import { Command, InvalidArgumentError, Option } from 'commander';
import { rayAddress } from '../../execution/ray/address.ts';
import { RUNTIME_CHOICES } from '../../execution/runtimes.ts';
import type { RunCommand } from './commandContext.ts';
import { CortexError } from '../../util/errors.ts';
import { parseCount } from './numbers.ts';
import { addAblateCommand } from './commands/ablate.ts';
import { addApplyCommand } from './commands/apply.ts';
import { addAutopilotCommand } from './commands/autopilot.ts';
import { addCompressCommand } from './commands/compress.ts';
import { addDiagnoseCommand } from './commands/diagnose.ts';
import { addExportCommand } from './commands/export.ts';
import { addHistoryCommand } from './commands/history.ts';
import { addIdeasCommand } from './commands/ideas.ts';
import { addImproveCommand } from './commands/improve.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addMcpCommand, type ServeTools } from './commands/mcp.ts';
import { addNewCommand } from './commands/new.ts';
import { addPromoteCommand } from './commands/promote.ts';
import { addProposeCommand } from './commands/propose.ts';
import { addReviewCommand } from './commands/review.ts';
import { addSearchCommand } from './commands/search.ts';
import { addShowCommand } from './commands/show.ts';
import { addUnsealCommand } from './commands/unseal.ts';
import { addTrainCommand } from './commands/train.ts';
import { addWeightsCommand } from './commands/weights.ts';
import { addWorkersCommand } from './commands/workers.ts';

const COMMANDS = [
  addNewCommand,
  addIdeasCommand,
  addReviewCommand,
  addInspectCommand,
  addDiagnoseCommand,
  addProposeCommand,
  addTrainCommand,
  addImproveCommand,
  addSearchCommand,
  addHistoryCommand,
  addShowCommand,
  addApplyCommand,
  addPromoteCommand,
  addUnsealCommand,
  addAblateCommand,
  addWeightsCommand,
  addWorkersCommand,
  addExportCommand,
  addCompressCommand,
  addAutopilotCommand,
];

/**
 * The `cortex` program: parses words, hands them to commands. Usage errors throw commander's own
 * error.
 */
export function createProgram(version: string, run: RunCommand, serve: ServeTools): Command {
  const program = new Command('cortex')
    .description(
      'A copilot for people who train neural networks: reasoned changes to build_model, ' +
        'trained and judged honestly.',
    )
    .version(version)
    .exitOverride()
    .showHelpAfterError('(run with --help to see how it is used)');
  for (const add of COMMANDS) add(program, run);
  for (const command of program.commands)
    command.option('--json', 'print one JSON document (docs/cli.md)');
  addMcpCommand(program, run, serve);
  for (const command of program.commands) {
    command
      .addOption(
        new Option('--runtime <name>', 'what trains').choices(RUNTIME_CHOICES).default('auto'),
      )
      .option(
        '--workers <n>',
        'trials that train side by side (default: half the cores)',
        parseCount,
      )
      .option(
        '--executor <where>',
        'where trials train: local, ray, ray:auto, ray:host:port or ray://host:port ' +
          '(docs/machines.md; default: local)',
        parseExecutor,
      )
      .option('--builder <name>', 'the builder that is meant, where a file has several')
      .option(
        '--builder-names <names>',
        'further names of builders, with commas between',
        parseNames,
      )
      .option(
        '--train <command>',
        'the command that trains, e.g. "python train.py --epochs {epochs} --seed {seed}"',
      )
      .option('--unprotected', 'run code of a proposal where nothing confines it, too')
      .option('--python <path>', 'Python that has Keras or PyTorch (default: looked for)')
      .exitOverride();
  }
  return program;
}

function parseExecutor(text: string): string {
  try {
    rayAddress(text);
    return text;
  } catch (error) {
    if (!(error instanceof CortexError)) throw error;
    throw new InvalidArgumentError(`Expected ${error.expected}`);
  }
}

const parseNames = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
