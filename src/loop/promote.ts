import type { AttemptStore } from '../ports/attemptStore.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { Study } from '../study/study.ts';
import type { Attempt } from '../record/attempt.ts';
import { lineOf } from '../study/lineage.ts';
import { promotionBranch, promotionMessage, type Promoted } from '../study/promotion.ts';

/** What promoting needs of the store beside what the loop needs. */
interface PromotingStore extends AttemptStore {
  readMany(study: Study, ids: readonly string[]): Promise<ReadonlyMap<string, Attempt>>;
  commitOnHead(
    study: Study,
    commit: { readonly id: string; readonly branch: string; readonly message: string },
  ): Promise<string>;
}

/** Puts an attempt on a new branch from the user's HEAD as one commit that explains itself. */
export async function promote(
  study: Study,
  id: string,
  branch: string | undefined,
  store: PromotingStore,
): Promise<Promoted> {
  const history = await store.list(study);
  const attempt = await store.read(study, id);
  const summary = history.find((other) => other.id === id);
  const line: readonly AttemptSummary[] = summary ? lineOf(summary, history) : [];
  const reasons = await store.readMany(
    study,
    line.map((step) => step.id),
  );
  const name = branch ?? (summary ? promotionBranch(summary) : `cortex-promote/${id}`);
  const message = summary
    ? promotionMessage({ attempt, summary, line, reasons })
    : attempt.verdict.text;
  return { branch: name, commit: await store.commitOnHead(study, { id, branch: name, message }) };
}
