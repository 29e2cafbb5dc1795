import { commands } from 'vscode';
import type { CommandArguments, CommandId } from './contributions.ts';

/** Runs a contributed command with its own argument types. */
export const runCommand = <Id extends CommandId>(
  id: Id,
  ...args: CommandArguments[Id]
): Thenable<unknown> => commands.executeCommand(id, ...args);
