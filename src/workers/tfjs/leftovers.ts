/**
 * Tells whether code is still to run that was not when the watch began: of a timer, a socket, a
 * watched file.
 */
export function leftoverWatch(): () => boolean {
  const before = waiting();
  return () => waiting() > before;
}

/** Requests to read a file end by themselves. */
const waiting = (): number =>
  process.getActiveResourcesInfo().filter((kind) => !kind.startsWith('FSReq')).length;
