import type { FindingRule } from './finding.ts';

/** The log may belong to another run than the study's next one. */
export const otherRun: FindingRule = ({ log }) =>
  log.notes.length === 0
    ? null
    : { kind: 'other-run', severity: 'info', lines: [], text: `This may be the log of another run: ${log.notes.join(' ')}`, onsetEpoch: null };
