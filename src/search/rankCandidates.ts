import type { Candidate, Operator } from '../propose/operators/operator.ts';
import type { ArchitectureEdit } from '../model/edits.ts';
import { ownLayersIn } from '../model/ownLayers/ownLayers.ts';
import { ownOptimizer } from '../model/ownOptimizers/ownOptimizers.ts';
import type { Random } from '../ports/random.ts';
import { correctedEffect, draw, meanOf, posteriorOf } from './posterior.ts';
import type { TrackEntry, TrackRecord } from '../study/trackRecord.ts';

/** An operator and one thing it would do. */
export interface Offer {
  readonly operator: Operator;
  readonly candidate: Candidate;
}

/** What one doubling of the parameters costs, in chance of success. */
const PRICE_OF_DOUBLING = 0.05;
/** What source costs that a file has to carry along: one line that does as well is better. */
const PRICE_OF_SOURCE = 0.2;
/** What each further candidate of the same operator is worth against the one before it. */
const REPETITION = 0.8;

/**
 * Offers, best first: what the diagnosis calls for, moved by the operator's record in this study,
 * with Thompson sampling for exploration, minus the cost in parameters and in source. Effects and
 * confidences come out corrected by the record.
 */
export function rankOffers(
  offers: readonly Offer[],
  record: TrackRecord,
  random: Random,
): readonly Offer[] {
  const scored = [...Map.groupBy(offers, ({ operator }) => operator)].flatMap(
    ([operator, group]) => {
      const own = record.get(operator.name);
      const luck = draw(posteriorOf(group[0]?.candidate.priority.need ?? 0, own), random);
      const best = [...group].sort((a, b) => b.candidate.priority.fit - a.candidate.priority.fit);
      return best.map((offer, place) => ({
        offer: corrected(offer, own),
        score: scoreOf(offer.candidate, { luck, place, own }),
      }));
    },
  );
  return scored.sort((a, b) => b.score - a.score).map(({ offer }) => offer);
}

function scoreOf(
  { priority, expectedEffect, edits }: Candidate,
  {
    luck,
    place,
    own,
  }: { readonly luck: number; readonly place: number; readonly own: TrackEntry | undefined },
): number {
  const cost =
    PRICE_OF_DOUBLING * Math.max(0, Math.log2(priority.growth)) +
    (edits.some(bringsSource) ? PRICE_OF_SOURCE : 0);
  return (
    luck * priority.fit * REPETITION ** place * yieldOf(expectedEffect?.delta ?? 0, own) - cost
  );
}

/** A layer or an optimiser that no library has. */
function bringsSource(edit: ArchitectureEdit): boolean {
  const optimizer = edit.kind === 'setCompile' ? edit.optimizer : undefined;
  return ownLayersIn(edit).length > 0 || ownOptimizer(optimizer?.type ?? '') !== null;
}

/**
 * 1 where predictions come true, down to a half where they do not, up to one and a half where they
 * are surpassed.
 */
function yieldOf(predicted: number, own: TrackEntry | undefined): number {
  if (predicted === 0) return 1;
  return Math.min(1.5, Math.max(0.5, correctedEffect(predicted, own) / predicted));
}

function corrected({ operator, candidate }: Offer, own: TrackEntry | undefined): Offer {
  const { expectedEffect, priority } = candidate;
  const effect = expectedEffect && {
    ...expectedEffect,
    delta: correctedEffect(expectedEffect.delta, own),
  };
  const confidence = Number((meanOf(posteriorOf(priority.need, own)) * priority.fit).toFixed(2));
  return { operator, candidate: { ...candidate, expectedEffect: effect, confidence } };
}
