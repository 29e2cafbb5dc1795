import { isRising } from '../robust.ts';
import type { FindingRule } from './finding.ts';
import { course, since } from './finding.ts';

/** The validation loss rises while the validation accuracy rises too: fewer errors, but more confident ones. */
export const metricLossDisagree: FindingRule = ({ valLoss, valAccuracy }) => {
  if (!valLoss || !valAccuracy || valLoss.tail.direction !== 'rising') return null;
  const { tail, values } = valAccuracy;
  if (!isRising(values.slice(tail.start)) || tail.change < 0.003) return null;
  const text = `${valLoss.name} rises while val_accuracy still improves (${course(valAccuracy)}): the model grows over-confident.`;
  return since(valLoss, valLoss.tail.start, { kind: 'metric-loss-disagree', severity: 'warning', text });
};
