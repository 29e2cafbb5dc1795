import type { ModelReference } from '../contributions.ts';
import { noAttemptError } from '../errors.ts';
import type { Host } from '../host.ts';
import { chooseModel } from '../study/chooseModel.ts';

/** The study of a model, with its attempts; `undefined` where none was chosen. */
export async function readStudy(host: Host, reference: ModelReference | undefined) {
  const modelPath = await chooseModel(host, reference);
  if (!modelPath) return undefined;
  const entry = await host.studies.load(modelPath);
  if (entry.state === 'failed') throw entry.error;
  if (entry.state === 'seen' || entry.attempts.length === 0) throw noAttemptError();
  return entry;
}
