import type { Forecast } from '../forecast.ts';
import type { FindingRule } from './finding.ts';
import { changeSince, figure, since } from './finding.ts';

/** The curve that is judged was still falling when training ended. */
export const underTrained: FindingRule = ({ main, ahead }) => {
  if (main?.tail.direction !== 'falling') return null;
  const { tail, name, epochs } = main;
  const text =
    `${name} was still falling when training ended: ${changeSince(main, tail.start)} in the last ` +
    `${epochs.length - tail.start} epochs. ${expectation(ahead)}`;
  return since(main, tail.start, { kind: 'under-trained', severity: 'warning', text });
};

function expectation(ahead: Forecast | null): string {
  if (ahead === null) return 'What it would be at twice the epochs, its course cannot tell.';
  const [low, high] = ahead.interval;
  return (
    `At twice the epochs it would be about ${figure(ahead.expected)} (${figure(low)} to ` +
    `${figure(high)}).`
  );
}
