import { forecast } from '../forecast.ts';
import type { FindingRule } from './finding.ts';
import { figure, percent, since } from './finding.ts';

/** The curve that is judged was still falling when training ended. */
export const underTrained: FindingRule = ({ main }) => {
  if (main?.tail.direction !== 'falling') return null;
  const { tail, name, epochs, values } = main;
  const ahead = forecast(values);
  const expected = ahead === null ? '' : ` As a power law it would be, at twice the epochs, about ${figure(ahead.expected)} (${figure(ahead.interval[0])} to ${figure(ahead.interval[1])}).`;
  const text = `${name} was still falling when training ended: ${percent(-tail.change)} in the last ${epochs.length - tail.start} epochs.${expected}`;
  return since(main, tail.start, { kind: 'under-trained', severity: 'warning', text });
};
