import { commands, window, workspace, type Disposable, type LogOutputChannel } from 'vscode';
import type { CortexError } from '../../util/errors.ts';
import type { CommandArguments, CommandId } from './contributions.ts';
import { asCortexError, untrustedError } from './errors.ts';
import { isNotSetUp, mendingOf } from './mending.ts';
import { runCommand } from './runCommand.ts';
import { complain, warn } from './messages.ts';

/** Commands that are safe where nothing may run. */
const harmless: readonly CommandId[] = [
  'cortex.showOutput',
  'cortex.openSettings',
  'cortex.openExample',
];

/**
 * Registers commands and is the one place where their failures end: timed, logged, and shown in
 * words with a way on.
 */
export class CommandRunner {
  readonly #log: LogOutputChannel;

  constructor(log: LogOutputChannel) {
    this.#log = log;
  }

  /** Registers a contributed command. */
  register<Id extends CommandId>(
    id: Id,
    run: (...args: CommandArguments[Id]) => Promise<void> | void,
  ): Disposable {
    return commands.registerCommand(id, (...args: CommandArguments[Id]) =>
      this.run(id, async () => {
        if (!workspace.isTrusted && !harmless.includes(id)) throw untrustedError();
        await run(...args);
      }),
    );
  }

  /** Runs `work` inside the error boundary; never rejects. */
  async run(name: string, work: () => Promise<void>): Promise<void> {
    const start = performance.now();
    try {
      await work();
      this.#log.debug(`${name}: ${(performance.now() - start).toFixed(0)} ms`);
    } catch (thrown) {
      void this.report(name, asCortexError(thrown), () => this.run(name, work));
    }
  }

  /**
   * Runs work that nobody asked for: a failure is noted in the log and gives `null`, and nothing
   * pops up.
   */
  async attempt<Result>(name: string, work: () => Promise<Result>): Promise<Result | null> {
    try {
      return await work();
    } catch (thrown) {
      const error = asCortexError(thrown);
      this.#log.info(`${name}: [${error.code}] ${error.message}`);
      return null;
    }
  }

  /**
   * Tells the user what happened, what was expected and how to mend it, with the button that does;
   * what they cancelled is no failure, and what is theirs to say is no error.
   */
  async report(name: string, error: CortexError, again: () => Promise<void>): Promise<void> {
    if (error.kind === 'cancelled') {
      this.#log.info(`${name}: ${error.happened}`);
      window.setStatusBarMessage(`Cortex: ${error.happened}`, 5_000);
      return;
    }
    this.#log.error(
      `${name}: [${error.code}] ${error.message}`,
      ...(error.cause ? [error.cause] : []),
    );
    if (isNotSetUp(error)) {
      await runCommand('cortex.setUp', undefined, again);
      return;
    }
    const mending = mendingOf(error);
    const mend = mending ? [{ label: mending.label, take: () => mending.mend(again) }] : [];
    const output = { label: 'Show Output', take: () => this.#log.show() };
    const tell = error.kind === 'input' ? warn : complain;
    tell(messageOf(error), ...mend, ...(isOurs(error) ? [output] : []));
  }
}

const messageOf = ({ happened, expected, remedy }: CortexError): string =>
  `${happened} Expected: ${expected} ${remedy}`;

/** The output tells more of these than their words. */
const isOurs = ({ kind }: CortexError): boolean => kind !== 'input';
