import { formatNumber } from '../../record/format.ts';
import type { OptimizerSpec } from '../../model/edits.ts';
import { openContext } from '../../propose/operators/operatorContext.ts';
import { compileWith, optimizerOf, usualRate } from '../../propose/operators/training.ts';
import { isLengthGuessed } from '../../study/lengths.ts';
import type { Ports } from '../ports.ts';
import type { Round } from '../openRound.ts';
import { inputScales, targetScale } from './scaleCandidates.ts';
import type { Idea, TrainingCandidate } from './scaleCandidates.ts';

/** Around the rate in use. */
const FACTORS = [1 / 3, 3, 10] as const;
const LARGEST_RATE = 0.3;

/**
 * What the check tries on a builder: a third, three and ten times the learning rate, the usual one
 * of the optimiser where that is far away, and scales where the data asks for them.
 */
export function trainingCandidates(
  round: Round,
  { syntax }: Pick<Ports, 'syntax'>,
): readonly TrainingCandidate[] {
  const ideas = [...learningRates(round), ...inputScales(round), ...targetScale(round)];
  return ideas.flatMap(({ edits, ...idea }) => {
    const written = syntax.write(round.model.text, round.architecture, edits);
    return written.ok ? [{ ...idea, text: written.value }] : [];
  });
}

function learningRates(round: Round): readonly Idea[] {
  const optimizer = optimizerOf(openContext(round));
  if (!optimizer) return [];
  const { learningRate: own, type } = optimizer;
  const rates = FACTORS.map((factor) => Number((own * factor).toPrecision(2))).filter(
    (rate) => rate <= LARGEST_RATE,
  );
  const usual = usualRate(type);
  const isFar =
    usual > own * Math.max(...FACTORS) ||
    usual < (own * Math.min(...FACTORS)) / Math.max(...FACTORS);
  return [...rates, ...(isFar ? [usual] : [])].map((rate) => learningRate(round, optimizer, rate));
}

function learningRate(round: Round, optimizer: OptimizerSpec, rate: number): Idea {
  const [own, other] = [formatNumber(optimizer.learningRate), formatNumber(rate)];
  return {
    operator: 'learning-rate-probe',
    family: 'learning-rate',
    title: `Learning rate ${own} → ${other}`,
    change: `learning rate ${other} instead of ${own}`,
    fault: rate > optimizer.learningRate ? slowIn(round) : 'takes steps that are too large',
    instead: '',
    edits: [compileWith(openContext(round), { optimizer: { ...optimizer, learningRate: rate } })],
  };
}

/** Under-trained is said only where it is known how long the user trains. */
const slowIn = ({ study }: Round): string =>
  isLengthGuessed(study)
    ? `learns slowly in the ${study.config.epochs} epochs that are taken where nobody says how ` +
      'many you train'
    : 'is under-trained, not too small';
