import type { Operator } from '../propose/operators/operator.ts';
import type { OperatorContext } from '../propose/operators/operatorContext.ts';
import type { SearchState } from '../ports/searcher.ts';
import { focusFirst } from './focus.ts';
import { isSettled } from './settled.ts';
import { rankOffers, type Offer } from './rankCandidates.ts';
import { attemptsOf, trackRecord } from '../study/trackRecord.ts';

/** The name under which the operators' own attempts stand in the history. */
export const OFFLINE = 'offline';

/**
 * Everything the operators would do next, best first. Pure: `ask(history) → candidates`; another
 * search engine can stand in its place.
 */
export function askOperators(
  context: OperatorContext,
  { history, random, wish }: Pick<SearchState, 'history' | 'random' | 'wish'>,
  operators: readonly Operator[],
): readonly Offer[] {
  const isAsked = wish !== null || context.focus !== null;
  const offers = operators
    .flatMap((operator) =>
      operator.candidates(context).map((candidate) => ({ operator, candidate })),
    )
    .filter((offer) => isAsked || !isSettled(offer, { context, history }));
  return focusFirst(
    rankOffers(offers, trackRecord(attemptsOf(history, OFFLINE)), random),
    context.focus,
  );
}
