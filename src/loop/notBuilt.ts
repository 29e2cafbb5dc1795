import type { Architecture } from '../model/architecture.ts';
import type { Failure } from '../record/trial.ts';
import { CortexError } from '../util/errors.ts';

/** The builder as the user wrote it comes to no model on this data. */
export function notBuiltError(
  path: string,
  { message, line }: Failure,
  { misses = [], builder }: Architecture,
): CortexError {
  const [miss] = misses;
  const stopped = miss ? ` The source is followed up to line ${miss.line}: ${miss.why}.` : '';
  return new CortexError({
    code: 'model-not-built',
    kind: 'input',
    happened:
      `The builder in ${path}, line ${line ?? builder.range.startLine}, did not build a model: ` +
      `${message}${stopped}`,
    expected: 'a function that returns a tf.LayersModel.',
    remedy: 'Mend the builder and try again.',
  });
}
