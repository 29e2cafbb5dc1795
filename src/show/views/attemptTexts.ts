import { validationUse } from '../../judge/validationUse.ts';
import type { Attempt, Repair } from '../../record/attempt.ts';
import type { AttemptSummary } from '../../record/attemptSummary.ts';
import { costText, formatChange, measuredText, noiseText } from '../../record/format.ts';
import { costOf, openingsIn, proposalIn, reviewOf } from '../../record/kinds.ts';
import { objectiveOf, objectivesOf } from '../../record/objectives.ts';
import { worthText } from '../../record/worth.ts';
import { currentBest } from '../../study/lineage.ts';
import { noiseAround } from '../../study/noiseFloor.ts';
import { hunkPlace } from '../../review/hunks.ts';

/** The metric with its spread, and the study's noise; nothing where there is none. */
export function measured(
  { id, config }: Attempt,
  history: readonly AttemptSummary[],
): readonly string[] {
  const own = history.find((attempt) => attempt.id === id);
  if (!own?.metric) return [];
  const noise = noiseAround(history)(own);
  return [
    `${objectiveOf(config).metric} ${measuredText(own.metric)}`,
    worthText(config),
    ...(noise === null ? [] : [noiseText(noise)]),
  ];
}

/** Of the best attempt, how much the validation part was used, and whether the test part was. */
export function meter(
  { id, config }: Attempt,
  history: readonly AttemptSummary[],
): readonly string[] {
  const best = currentBest(history, objectivesOf(config));
  if (best?.id !== id) return [];
  const openings = openingsIn(history);
  return [
    `${validationUse(history, best).text}.`,
    openings === 0
      ? 'The test part is still sealed; opened, it gives a number that nothing was chosen by.'
      : `The test part was opened ${openings === 1 ? 'once' : `${openings} times`}.`,
  ];
}

/** Who proposed it, and what was expected of it. */
export function sourceText(attempt: Attempt): string {
  const proposal = proposalIn(attempt);
  const cost = costOf(attempt);
  if (!proposal) return '';
  const { expectedEffect, confidence, proposer, operator } = proposal;
  const effect = expectedEffect
    ? `expected ${expectedEffect.metric} ${formatChange(expectedEffect.delta)}`
    : 'no effect predicted';
  const sure =
    confidence === null ? 'no confidence given' : `confidence ${Math.round(confidence * 100)} %`;
  return [
    effect,
    sure,
    `proposed by ${proposer} (${operator})`,
    ...(cost ? [costText(cost)] : []),
  ].join(', ');
}

/** A failure and how it was answered. */
export function repairText({ failure, answer, cost }: Repair): string {
  const place = failure.line === null ? '' : ` in line ${failure.line}`;
  return (
    `${failure.kind}${place}: ${failure.message} → ` +
    `${answer}${cost ? ` (${costText(cost)})` : ''}`
  );
}

/** Who reviewed it, and what became of each hunk. */
export function reviewLines(attempt: Attempt): readonly string[] {
  const review = reviewOf(attempt);
  if (!review) return [];
  return [
    review.reviewer === 'person' ? 'Reviewed by a person.' : 'Accepted without a review.',
    ...review.hunks.map(({ header, decision }) => `${hunkPlace(header)}: ${decision}`),
  ];
}
