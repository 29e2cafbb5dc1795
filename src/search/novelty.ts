import type { AttemptSummary } from '../record/attemptSummary.ts';
import type { SearchState } from '../ports/searcher.ts';

/** What has been tried, so that nothing is offered twice. */
export interface Novelty {
  /** The same title from the same parent: known before a line of source is written. */
  hasTitle(title: string): boolean;
  /** Equal text or an equivalent architecture. */
  hasVariant(variant: TriedVariant): boolean;
  /** From now on this one counts as tried too. */
  remember(variant: TriedVariant): void;
}

/** A variant by its text's SHA-256 and the canonical form of what it builds. */
interface TriedVariant {
  readonly sourceHash: string;
  readonly fingerprint: string;
}

/** The attempts of the history and the model it starts from. */
export function openNovelty(
  { history, parent }: Pick<SearchState, 'history' | 'parent'>,
  base: TriedVariant,
): Novelty {
  const sources = new Set([base.sourceHash, ...history.map(({ sourceHash }) => sourceHash)]);
  const fingerprints = new Set([
    base.fingerprint,
    ...history.flatMap(({ fingerprint }) => fingerprint ?? []),
  ]);
  const titles = new Set(
    history.filter((attempt) => isChildOf(attempt, parent)).map(({ title }) => title),
  );
  return {
    hasTitle: (title) => titles.has(title),
    hasVariant: ({ sourceHash, fingerprint }) =>
      sources.has(sourceHash) || fingerprints.has(fingerprint),
    remember({ sourceHash, fingerprint }) {
      sources.add(sourceHash);
      fingerprints.add(fingerprint);
    },
  };
}

const isChildOf = (attempt: AttemptSummary, parent: AttemptSummary | null): boolean =>
  (attempt.parents[0] ?? null) === (parent?.id ?? null);
