import type { AttemptSummary } from '../../../src/core/ports.ts';

/** A summary with the given parts; the others are plausible. */
export const summaryOf = (number: number, { mean, ...parts }: Partial<AttemptSummary> & { readonly mean?: number }): AttemptSummary => ({
  id: `a-${number}`, number, study: 'a', verdict: 'inconclusive', failure: null, title: `Change ${number}`, operator: 'widen', family: 'width', proposer: 'offline',
  metric: mean === undefined ? null : { mean, sd: null, values: [mean] }, effect: { observed: null, predicted: null }, mismatches: 0, parameters: 1000, fingerprint: null,
  parents: ['a-0'], sourceHash: '', dataHash: null, configHash: '', commit: `c${number}`, finishedAt: number * 1000, ...parts,
});
