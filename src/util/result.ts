/**
 * An expected outcome that may be a refusal: used where bad input is normal (model answers, logs,
 * study files).
 */
export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };

/** Wraps a success. */
export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value });

/** Wraps a refusal. */
export const refuse = <E>(error: E): Result<never, E> => ({ ok: false, error });
