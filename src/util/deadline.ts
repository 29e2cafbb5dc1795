/** More than this a timer cannot wait: it would ring at once. */
const LONGEST = 2 ** 31 - 1;

/**
 * A signal that is aborted with `reason` after so many milliseconds, at most 24 days; it does not
 * keep the process alive.
 */
export function deadline(milliseconds: number, reason: Error): AbortSignal {
  const controller = new AbortController();
  setTimeout(
    () => {
      controller.abort(reason);
    },
    Math.min(LONGEST, Math.max(0, milliseconds)),
  ).unref();
  return controller.signal;
}
