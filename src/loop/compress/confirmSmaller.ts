import { comparisonAt, estimatePaired } from '../../judge/pairedComparison.ts';
import { nonInferiority, type Margin } from '../../judge/nonInferiority.ts';
import { openingsIn } from '../../record/kinds.ts';
import { onTest } from '../../record/measures.ts';
import type { AttemptOf } from '../../record/attempt.ts';
import type { CompletedTrial } from '../../record/trial.ts';
import { beginAttempt, type AttemptDraft } from '../beginAttempt.ts';
import { finishAttempt } from '../finishAttempt.ts';
import type { Ports } from '../ports.ts';
import type { Original } from './original.ts';
import { quantizedTrials, type Built } from './quantizedTrials.ts';
import type { Confirmed, Smaller } from './smaller.ts';

/** What is held against what on the sealed part. */
export interface Confirming {
  readonly original: Original;
  readonly best: Smaller;
  /** Of the best, before anything was rounded. */
  readonly built: Built;
  readonly margin: Margin;
  readonly signal: AbortSignal;
}

/**
 * Opens the sealed test part for the smallest model that holds and for what it was made of, both
 * with the weights as they would ship, and records the opening.
 */
export async function confirmSmaller(confirming: Confirming, ports: Ports): Promise<Confirmed> {
  const { original, best, margin, built } = confirming;
  const { summary } = original;
  const opening = openingsIn(original.session.history) + 1;
  const draft = await begin(confirming, opening, ports);
  const asTrained = { seeds: original.seeds, text: original.file.text };
  const own = await onSealed(confirming, { ...built, precision: best.precision }, ports);
  const other = await onSealed(confirming, { ...asTrained, precision: 'float32' }, ports);
  const objective = { ...margin.objective, metric: onTest(margin.objective.metric) };
  const estimate = estimatePaired(own, other, { metric: objective.metric, noise: null });
  const { kind, text } = nonInferiority(estimate, { ...margin, objective });
  const told = `On the sealed part (opening ${opening}): ${text}`;
  const references = [
    { attempt: summary.id, trials: other },
    { attempt: best.attempt, trials: own },
  ];
  const comparisons = [comparisonAt(estimate, summary.id, margin.confidence)];
  const record = await finishAttempt(
    { ...draft, attempt: { ...draft.attempt, references } },
    {
      verdict: { kind: 'inconclusive', text: told, comparisons },
      result: { ...original.attempt, trials: [] },
    },
    ports,
  );
  return { kind, text: told, attempt: record.id };
}

const begin = async (
  { original, best }: Confirming,
  opening: number,
  ports: Ports,
): Promise<AttemptDraft<AttemptOf<'unsealing'>>> =>
  beginAttempt(
    original.session,
    {
      parents: [best.attempt],
      own: {
        kind: 'unsealing',
        title:
          `Sealed test opened for #${original.summary.number} made smaller ` +
          `(opening ${opening})`,
        reasoning:
          'The sealed test part was opened to confirm that the smaller model is as good. What is ' +
          'chosen after this may have been chosen because of it.',
      },
      text: await original.session.variant(best.attempt),
    },
    ports,
  );

interface Sealed extends Built {
  readonly precision: Smaller['precision'];
}

async function onSealed(
  { original, signal }: Confirming,
  { precision, ...built }: Sealed,
  ports: Ports,
): Promise<readonly CompletedTrial[]> {
  const asked = { precisions: [precision], evaluateOn: 'test', signal } as const;
  const [shipped] = await quantizedTrials(original.session, built, asked, ports);
  return shipped?.trials ?? [];
}
