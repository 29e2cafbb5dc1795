import type { OperatorContext } from '../propose/operators/operatorContext.ts';
import type { FindingKind } from '../log/diagnosis.ts';
import type { Offer } from './rankCandidates.ts';

/** Ranked offers with those that answer the finding first; the order is kept otherwise. */
export const focusFirst = (
  offers: readonly Offer[],
  focus: FindingKind | null,
): readonly Offer[] =>
  focus === null
    ? offers
    : [
        ...offers.filter((offer) => answersFocus(offer, focus)),
        ...offers.filter((offer) => !answersFocus(offer, focus)),
      ];

/**
 * A sentence for the proposal's reasoning: how the finding that was asked for is answered; empty
 * where none was.
 */
export function describeFocus({ focus, diagnosis }: OperatorContext, offer: Offer): string {
  if (focus === null) return '';
  if (!answersFocus(offer, focus))
    return `Nothing that answers “${focus}” is left to try, so this follows the log as a whole.`;
  const isSeen = diagnosis.findings.some(({ kind }) => kind === focus);
  return isSeen
    ? `This answers “${focus}”, as asked.`
    : `This answers “${focus}”, as asked, though ${diagnosis.source} does not show it.`;
}

const answersFocus = ({ operator }: Offer, focus: FindingKind): boolean =>
  (operator.answers[focus] ?? 0) > 0;
