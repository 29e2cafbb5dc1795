import type { OperatorContext } from '../propose/operators/operatorContext.ts';
import type { SearchState } from '../ports/searcher.ts';
import type { Proposal } from '../study/proposal.ts';
import { describeFocus } from './focus.ts';
import type { Offer } from './rankCandidates.ts';
import { describeWish, type Wish } from './wish.ts';

/** What an offer is described by: where the search stands, and how the user's words were taken. */
export interface Asked {
  readonly state: Pick<SearchState, 'model' | 'structural'>;
  readonly context: OperatorContext;
  readonly wish: Wish;
}

/** An offer as source text, and the canonical form of what that builds. */
export interface WrittenOffer {
  readonly text: string;
  readonly fingerprint: string;
}

const STALLED = 'The search has stalled, so only structural moves were considered.';

/** An offer in words: the proposal a person reads, whatever searcher chose it. */
export function describeOffer(
  offer: Offer,
  { text, fingerprint }: WrittenOffer,
  asked: Asked,
  proposer: string,
): Proposal {
  const { operator, candidate } = offer;
  const { title, evidence, expectedEffect, confidence } = candidate;
  return {
    title,
    operator: operator.name,
    family: operator.family,
    reasoning: reasoningOf(offer, asked),
    evidence,
    expectedEffect,
    confidence,
    proposer,
    base: asked.state.model.text,
    text,
    fingerprint,
    cost: null,
  };
}

const reasoningOf = (offer: Offer, { state, context, wish }: Asked): string =>
  [
    offer.candidate.reason,
    describeWish(wish, offer),
    describeFocus(context, offer),
    state.structural ? STALLED : '',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
