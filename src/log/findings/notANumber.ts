import type { FindingRule } from './finding.ts';

/** A series is NaN or infinite from some epoch on. */
export const notANumber: FindingRule = ({ log }) => {
  const broken = Object.entries(log.series).map(([name, values]) => ({
    name,
    at: values.findIndex((value) => value !== null && !Number.isFinite(value)),
  }));
  const [first] = broken.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at);
  if (!first) return null;
  const epoch = log.epochs[first.at] ?? first.at + 1;
  const line = log.lines[first.at];
  const text =
    `${first.name} is ${String(log.series[first.name]?.[first.at])} at epoch ${epoch}: the ` +
    'numbers overflowed.';
  return {
    kind: 'not-a-number',
    severity: 'problem',
    lines: line === undefined ? [] : [line],
    text,
    onsetEpoch: epoch,
  };
};
