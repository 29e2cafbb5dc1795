import type { Command } from 'commander';
import type { CommandContext, CommonFlags, RunCommand } from '../commandContext.ts';
import { addModelOptions } from '../modelOptions.ts';

/** Serves the tools until the client goes; the root hands it in, for it is a bundle of its own. */
export type ServeTools = (context: CommandContext) => Promise<void>;

/**
 * `cortex mcp`: propose, train, history and diagnose as tools for agents. Standard output carries
 * the protocol alone.
 */
export function addMcpCommand(program: Command, run: RunCommand, serve: ServeTools): Command {
  return addModelOptions(
    program
      .command('mcp')
      .description(
        'serve propose, train, history and diagnose to agents (Model Context Protocol, stdio)',
      ),
  ).action((flags: CommonFlags) => run(flags, serve));
}
