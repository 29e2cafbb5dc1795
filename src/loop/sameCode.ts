import { languageOfModel } from '../model/modelFile.ts';
import type { AttemptStore } from '../ports/attemptStore.ts';
import { fingerprintOf } from '../propose/readArchitecture.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import { isContender, SWEPT } from '../record/kinds.ts';
import type { Study } from '../study/study.ts';
import type { Ports } from './ports.ts';

/** What it takes to tell whether two texts are the same code. */
interface CodeReader extends Pick<Ports, 'hash' | 'syntax'> {
  readonly variantOf: (id: string) => Promise<string>;
}

/**
 * The earliest of these attempts that trained this code, however it was formatted and commented
 * then.
 */
export async function firstWithCode(
  attempts: readonly AttemptSummary[],
  text: string,
  { modelPath, config }: Study,
  { hash, syntax, variantOf }: CodeReader,
): Promise<AttemptSummary | undefined> {
  const candidates = attempts.filter((attempt) => isContender(attempt) && isTrained(attempt));
  const sourceHash = hash(text);
  const exact = candidates.find((attempt) => attempt.sourceHash === sourceHash);
  if (exact || candidates.length === 0) return exact;
  const form = await fingerprintOf({ path: modelPath, text }, syntax, config);
  if (form === null) return undefined;
  const language = languageOfModel(modelPath);
  for (const attempt of candidates.filter(({ fingerprint }) => fingerprint === form))
    if (syntax.isSameCode(text, await variantOf(attempt.id), language)) return attempt;
  return undefined;
}

/** The earliest attempt of a study that trained this code, on whatever data. */
export async function attemptOfCode(
  study: Study,
  text: string,
  { store, ...readers }: Pick<Ports, 'hash' | 'syntax'> & { readonly store: AttemptStore },
): Promise<AttemptSummary | undefined> {
  const variantOf = (id: string): Promise<string> => store.readVariant(study, id);
  return firstWithCode(await store.list(study), text, study, { ...readers, variantOf });
}

/**
 * Every seed came to its end: an interrupted, crashed or stopped attempt may have a metric of a
 * few.
 */
const isTrained = ({ verdict, failure, metric, operator }: AttemptSummary): boolean =>
  failure === null &&
  operator !== SWEPT &&
  metric !== null &&
  ['baseline', 'better', 'worse', 'inconclusive'].includes(verdict);
