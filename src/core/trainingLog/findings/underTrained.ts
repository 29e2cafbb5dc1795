import type { FindingRule } from './finding.ts';
import { percent, since } from './finding.ts';

/** The curve that is judged was still falling when training ended. */
export const underTrained: FindingRule = ({ main }) => {
  if (main?.tail.direction !== 'falling') return null;
  const { tail, name, epochs } = main;
  const text = `${name} was still falling when training ended: ${percent(-tail.change)} in the last ${epochs.length - tail.start} epochs.`;
  return since(main, tail.start, { kind: 'under-trained', severity: 'warning', text });
};
