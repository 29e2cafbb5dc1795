import { isRising, slopeOf } from '../robust.ts';
import type { Curve } from '../runView.ts';
import { turnOf } from '../turn.ts';
import type { FindingRule } from './finding.ts';
import { course, since } from './finding.ts';

/** Changes of the loss (as a share of it) and of the accuracy below which neither moves. */
const MATERIAL = { loss: 0.015, accuracy: 0.003 } as const;

/**
 * The validation loss rises while the validation accuracy rises too: fewer errors, but more
 * confident ones.
 */
export const metricLossDisagree: FindingRule = ({ valLoss, valAccuracy }) => {
  if (!valLoss || !valAccuracy) return null;
  const turn = turnOf(valLoss);
  if (
    !turn ||
    turn.rise < MATERIAL.loss * Math.abs(turn.level) ||
    !risesFrom(valAccuracy, valLoss.epochs[turn.at] ?? 0)
  )
    return null;
  const text =
    `${valLoss.name} rises while ${valAccuracy.name} still improves (${course(valAccuracy)}): ` +
    'the model grows over-confident.';
  return since(valLoss, turn.at, { kind: 'metric-loss-disagree', severity: 'warning', text });
};

function risesFrom({ values, epochs }: Curve, epoch: number): boolean {
  const rest = values.slice(epochs.findIndex((other) => other >= epoch));
  return isRising(rest) && slopeOf(rest) * (rest.length - 1) >= MATERIAL.accuracy;
}
