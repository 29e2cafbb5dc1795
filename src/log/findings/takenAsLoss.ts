import type { FindingRule } from './finding.ts';
import { since } from './finding.ts';

/** The log calls nothing loss: which series is judged in its place, and why that one. */
export const takenAsLoss: FindingRule = ({ loss, valLoss, main, lossWhy }) => {
  if (!main || lossWhy === null) return null;
  const names = [loss, valLoss].flatMap((curve) => (curve ? [curve.name] : [])).join(' and ');
  const text =
    `The log calls nothing loss: ${names} ${loss && valLoss ? 'are' : 'is'} taken for it ` +
    `(${lossWhy}; lower is better).`;
  return {
    ...since(main, null, { kind: 'taken-as-loss', severity: 'info', text }),
    lines: main.lines.slice(0, 1),
  };
};
