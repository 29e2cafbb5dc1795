import type { FindingRule } from './finding.ts';

/** The log may belong to another run than the study's next one: what speaks for that. */
export const otherRun: FindingRule = ({ log }) =>
  log.notes.length === 0
    ? null
    : {
        kind: 'other-run',
        severity: 'info',
        lines: [],
        text: log.notes.join(' '),
        onsetEpoch: null,
      };
