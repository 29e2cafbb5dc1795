import { CommanderError } from 'commander';
import pc from 'picocolors';
import { visibleStyledText } from '../../util/visibleText.ts';
import { CortexError, type ErrorKind } from '../../util/errors.ts';

const EXIT_CODES: Readonly<Record<ErrorKind, number>> = {
  input: 2,
  environment: 2,
  training: 3,
  cancelled: 130,
  defect: 1,
};

/**
 * The exit code of a failed command: 2 wrong input, usage or environment, 3 training failed, 130
 * interrupted, 1 a defect of Cortex.
 */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof CortexError ? EXIT_CODES[error.kind] : 1;
}

/** What a person reads on standard error: what happened, what was expected, how to mend it. */
export const describeError = (error: unknown): string => visibleStyledText(wordsOf(error));

function wordsOf(error: unknown): string {
  if (error instanceof CortexError) {
    return (
      `${pc.red('error')} ${error.happened}\n  expected: ${error.expected}\n  ` +
      `${error.remedy}\n  ${pc.dim(`[${error.code}]`)}\n`
    );
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${pc.red('defect in Cortex')} ${detail}\n`;
}
