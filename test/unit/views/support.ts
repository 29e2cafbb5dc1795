import type { AttemptOf } from '../../../src/record/attempt.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';

/** A summary with the given parts; the others are plausible. */
export const summaryOf = (
  number: number,
  { mean, ...parts }: Partial<AttemptSummary> & { readonly mean?: number },
): AttemptSummary => ({
  id: `a-${number}`,
  number,
  study: 'a',
  kind: 'change',
  verdict: 'inconclusive',
  failure: null,
  title: `Change ${number}`,
  operator: 'widen',
  family: 'width',
  proposer: 'offline',
  metric: mean === undefined ? null : { mean, sd: null, values: [mean] },
  effect: { observed: null, predicted: null },
  mismatches: 0,
  parameters: 1000,
  fingerprint: null,
  parents: ['a-0'],
  sourceHash: '',
  dataHash: null,
  configHash: '',
  commit: `c${number}`,
  finishedAt: number * 1000,
  ...parts,
});

/** A record with a bit of everything, and texts of others that want to be more than text. */
export const attempt: AttemptOf<'change'> = {
  kind: 'change',
  version: 1,
  id: 'digits-1-x',
  number: 1,
  study: 'digits',
  model: 'model.ts',
  parents: ['digits-0-x'],
  createdAt: '2026-01-01',
  finishedAt: '2026-01-02',
  proposal: {
    title: 'Dropout <b>',
    operator: 'dropout',
    family: 'regularisation',
    reasoning: 'val_loss is flat since epoch 9 [x](command:quit)',
    proposer: 'offline',
    evidence: [{ text: 'gap 31 %', finding: 'train-validation-gap', lines: [9, 20] }],
    expectedEffect: { metric: 'val_loss', delta: -0.003 },
    confidence: 0.6,
    diff: '-a\n+b ``` `````\n',
  },
  review: { reviewer: 'person', hunks: [{ header: '@@ -1,1 +1,1 @@', decision: 'edited' }] },
  fingerprint: null,
  config: studyConfigSchema.parse({}),
  dataHash: 'd'.repeat(64),
  environment: {
    cortex: '0.1.0',
    runtime: 'wasm',
    probe: {},
    versions: { node: '24' },
    platform: 'linux',
  },
  parameters: 1234,
  trials: [
    {
      outcome: 'completed',
      seed: 1,
      measures: { val_loss: 0.41 },
      curves: { val_loss: [0.9, 0.41] },
      epochs: 2,
      seconds: { fit: 1, total: 1.2 },
    },
    {
      outcome: 'failed',
      seed: 2,
      failure: { kind: 'not-a-number', message: 'loss | became NaN', line: null, stderr: ['boom'] },
      curves: { val_loss: [0.9, null] },
      epochs: 1,
      seconds: { fit: 1, total: 1 },
    },
  ],
  verdict: {
    kind: 'better',
    text: 'Better by 0.003.',
    comparisons: [
      {
        against: 'digits-0-x',
        seeds: [1],
        meanDifference: -0.003,
        interval: [-0.004, -0.002],
        confidence: 0.95,
      },
    ],
  },
  repairs: [],
  cost: null,
};

/** The same, proposed by a language model and repaired once. */
export const language: AttemptOf<'change'> = {
  ...attempt,
  proposal: {
    ...attempt.proposal,
    proposer: 'openai:gpt-5-mini',
    warnings: ['Claims early stopping, the change has <b>none</b>.'],
  },
  repairs: [
    {
      failure: { kind: 'shape', message: 'Expected [10], got [7]', line: 12, stderr: [] },
      answer: 'Units of the last layer',
      cost: { inputTokens: 100, outputTokens: 20, usd: null },
    },
  ],
  cost: { inputTokens: 5210, outputTokens: 640, usd: 0.0026 },
};
