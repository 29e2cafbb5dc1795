/** A command that a signal ended has no exit code and often no words. */
export function failureText(exitCode: number | null, output: readonly Buffer[]): Buffer {
  const text = Buffer.concat([...output])
    .toString('utf8')
    .trim();
  return Buffer.from(
    text ||
      (exitCode === null
        ? 'ended by a signal: file size limit or out of memory'
        : `exit code ${exitCode}`),
  );
}

/** The command without the settings before it. */
export const commandOf = (args: readonly string[]): string =>
  args.find((arg) => !arg.startsWith('-')) ?? '';
