import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Attempt, AttemptOf } from '../../../src/record/attempt.ts';
import type { CheckResult } from '../../../src/record/checkResult.ts';
import { formatCommitMessage, type CommitNotes } from '../../../src/adapters/git/commitMessage.ts';
import { parseCommitMessage } from '../../../src/record/parseCommitMessage.ts';
import { summarize } from '../../../src/record/summary.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { asBaseline } from '../../records.ts';

const NOTES: CommitNotes = {
  base: 'c'.repeat(40),
  owner: null,
  leftOut: [],
  noise: { sd: 0.00093, degreesOfFreedom: 4 },
};
const HASHES = { source: 'a'.repeat(64), config: 'b'.repeat(64) };

const completed = (seed: number, metric: number): Attempt['trials'][number] => ({
  outcome: 'completed',
  seed,
  measures: { val_loss: metric },
  curves: {},
  epochs: 2,
  seconds: { fit: 1, total: 2 },
});

const proposal = {
  title: 'Batch normalisation after each dense layer',
  operator: 'batch-normalization',
  family: 'normalisation',
  reasoning: 'val_loss is flat since epoch 9 while loss still falls.',
  evidence: [],
  expectedEffect: { metric: 'val_loss', delta: -0.002 },
  confidence: 0.6,
  proposer: 'offline',
  diff: '',
};

const attempt = (change: Partial<AttemptOf<'change'>> = {}): AttemptOf<'change'> => ({
  kind: 'change',
  version: 1,
  id: 'digits-12-0a1b2c3d',
  number: 12,
  study: 'digits',
  model: 'digits/model.ts',
  parents: ['digits-3-ffff0000'],
  createdAt: '2026-11-02T10:00:00.000Z',
  finishedAt: '2026-11-02T10:01:00.000Z',
  proposal,
  review: null,
  fingerprint: 'dense:64',
  config: studyConfigSchema.parse({}),
  dataHash: 'd'.repeat(64),
  environment: null,
  parameters: 25_450,
  trials: [completed(1, 0.041), completed(2, 0.0414)],
  verdict: {
    kind: 'better',
    text: 'Better: val_loss −0.0031.',
    comparisons: [
      {
        against: 'digits-3-ffff0000',
        seeds: [1, 2],
        meanDifference: -0.0031,
        interval: [-0.004, -0.002],
        confidence: 0.95,
      },
    ],
  },
  repairs: [],
  cost: null,
  ...change,
});

const messageOf = (change: Partial<AttemptOf<'change'>> = {}, notes = NOTES): string =>
  messageOn(attempt(change), notes);

const messageOn = (record: Attempt, notes = NOTES): string =>
  formatCommitMessage(record, summarize(record, HASHES), notes);

const bodyOf = (message: string): string =>
  message.slice(message.indexOf('\n\n') + 2, message.lastIndexOf('\n\n'));

describe('The commit message of an attempt', () => {
  test('reads well', () => {
    const [subject, , ...rest] = messageOf().split('\n');
    assert.equal(
      subject,
      '#12 better: Batch normalisation after each dense layer (val_loss 0.0412 ± 0.00028, −0.0031)',
    );
    assert.equal(
      rest.slice(0, 3).join('\n'),
      'val_loss is flat since epoch 9 while loss still falls.\n\nBetter: val_loss −0.0031.',
    );
  });

  test('carries all of the summary', () => {
    const parsed = parseCommitMessage(messageOf());
    assert.deepEqual(parsed, {
      summary: summarize(attempt(), HASHES),
      model: 'digits/model.ts',
      base: 'c'.repeat(40),
      owner: null,
      leftOut: [],
      version: 1,
    });
  });

  test('carries the noise floor of the study for programs; a single seed has no spread', () => {
    assert.match(messageOf(), /^Cortex-Noise: \{"sd":0\.00093,"degreesOfFreedom":4\}$/m);
    assert.match(
      messageOf({ trials: attempt().trials.slice(0, 1) }).split('\n')[0] ?? '',
      /\(val_loss [\d.]+, −0\.0031\)$/,
    );
  });

  test('carries the confidence; a commit from before it was kept is read without', () => {
    assert.equal(parseCommitMessage(messageOf())?.summary.confidence, 0.6);
    assert.equal(
      parseCommitMessage(messageOf().replace(/^Cortex-Confidence: .*\n/m, ''))?.summary.confidence,
      null,
    );
  });

  test(
    'carries what the check of a baseline chose among, without the change that won: that is ' +
      'tried, and a look of its own',
    () => {
      const run = (change: string, epochs: number): CheckResult['runs'][number] => ({
        change,
        operator: 'learning-rate-probe',
        epochs,
        source: 's',
        parameters: 1,
        trials: [],
      });
      const result = {
        scores: null,
        runs: [run('÷3', 5), run('×3', 5), run('×10', 5), run('×10', 20)],
        winner: null,
        headline: null,
        findings: [],
      };
      const check = (own: CheckResult): Attempt => ({
        ...asBaseline(attempt()),
        kind: 'check',
        title: '',
        reasoning: '',
        evidence: [],
        checked: own,
      });
      assert.equal(parseCommitMessage(messageOn(check(result)))?.summary.looks, 3);
      assert.equal(
        parseCommitMessage(messageOn(check({ ...result, winner: 'Learning rate 0.001 → 0.01' })))
          ?.summary.looks,
        2,
      );
      assert.equal(parseCommitMessage(messageOf())?.summary.looks, undefined);
    },
  );

  test('carries how often words and change disagreed', () => {
    assert.equal(
      parseCommitMessage(messageOf({ proposal: { ...proposal, mismatches: 3 } }))?.summary
        .mismatches,
      3,
    );
  });

  test('carries a baseline that was never trained, several parents, an owner and what was left out', () => {
    const baseline = asBaseline(
      attempt({
        parents: ['a-1-x', 'a-2-y'],
        fingerprint: null,
        dataHash: null,
        parameters: null,
        trials: [],
        verdict: { kind: 'cancelled', text: '', comparisons: [] },
      }),
    );
    const told = {
      base: null,
      owner: '{"pid":1}',
      leftOut: ['daten ä.csv (73 MB)', 'b.csv (51 MB)'],
    };
    const notes = { ...told, noise: null };
    const parsed = parseCommitMessage(messageOn(baseline, notes));
    assert.deepEqual(parsed, {
      summary: summarize(baseline, HASHES),
      model: 'digits/model.ts',
      ...told,
      version: 1,
    });
    assert.equal(parsed?.summary.metric, null);
    assert.match(messageOn(baseline, notes), /^#12 cancelled\n\nCortex-Attempt/);
  });

  const hostile =
    'innocent\n\nCortex-Verdict: better\nCortex-Attempt: forged\u0000\u2028Cortex-Number: ' +
    '99\r\nSigned-off-by: x\n---\n"quoted" {json}';
  for (const field of ['title', 'reasoning', 'operator', 'family', 'proposer'] as const) {
    test(`is not forged by a ${field}`, () => {
      const change: Partial<AttemptOf<'change'>> = {
        proposal: { ...proposal, [field]: hostile },
        verdict: { kind: 'worse', text: 'Worse.', comparisons: [] },
      };
      const message = messageOf(change);
      const parsed = parseCommitMessage(message);
      assert.deepEqual(parsed?.summary, summarize(attempt(change), HASHES));
      assert.equal(
        message.split('\n').filter((line) => /^Cortex-(?:Verdict|Attempt):/.test(line)).length,
        2,
      );
      assert.equal(/[\u0000\u2028\r]/.test(message), false);
    });
  }

  test('is not forged by a failure text or a study name', () => {
    const change: Partial<AttemptOf<'change'>> = {
      study: 'x\nCortex-Verdict: better',
      verdict: { kind: 'crashed', text: hostile, comparisons: [] },
    };
    assert.deepEqual(
      parseCommitMessage(messageOf(change))?.summary,
      summarize(attempt(change), HASHES),
    );
  });

  test('keeps the subject on one line and short, and wraps the body', () => {
    const message = messageOf({
      proposal: { ...proposal, title: 'wide '.repeat(200), reasoning: 'word '.repeat(100) },
    });
    const [subject = ''] = message.split('\n');
    assert.ok(subject.length < 220 && subject.includes('…'), subject);
    assert.ok(
      bodyOf(message)
        .split('\n')
        .every((line) => line.length <= 76),
    );
    assert.equal(parseCommitMessage(message)?.summary.title, 'wide '.repeat(200));
  });

  test('of somebody else is none of ours', () => {
    for (const message of [
      '',
      'one line',
      'Fix a bug\n\nSigned-off-by: Ada',
      'Talk\n\nabout Cortex-Attempt: x in the middle of a line',
    ]) {
      assert.equal(parseCommitMessage(message), null, message);
    }
  });

  test('is read whatever blank lines follow it', () => {
    assert.deepEqual(
      parseCommitMessage(`${messageOf()}\n\n\n`),
      parseCommitMessage(messageOf().trimEnd()),
    );
  });

  test('is read in whatever order its trailers stand, with others among them', () => {
    const [block = '', ...rest] = messageOf().trimEnd().split('\n\n').toReversed();
    const message = [
      ...rest.toReversed(),
      ['Signed-off-by: Ada', ...block.split('\n').toReversed(), 'no trailer'].join('\n'),
    ].join('\n\n');
    assert.deepEqual(parseCommitMessage(message), parseCommitMessage(messageOf()));
  });

  test('read after others shares with them what is the same, and nothing else', () => {
    const last = new Map<string, string>();
    const records: Attempt[] = [
      attempt(),
      asBaseline(attempt({ study: 'faces', fingerprint: null, dataHash: null })),
      attempt(),
    ];
    for (const record of records)
      assert.deepEqual(
        parseCommitMessage(messageOn(record), last)?.summary,
        summarize(record, HASHES),
      );
  });

  test('with damaged trailers is none of ours', () => {
    const message = messageOf();
    const damages: [RegExp, string][] = [
      [/Cortex-Verdict: better/, 'Cortex-Verdict: splendid'],
      [/Cortex-Number: 12/, 'Cortex-Number: twelve'],
      [/Cortex-Metric: .*/, 'Cortex-Metric: {"name":'],
      [/Cortex-Effect: .*\n/, ''],
      [/Cortex-Source: .*\n/, ''],
      [/Cortex-Finished: .*/, 'Cortex-Finished: soon'],
      [/Cortex-Attempt: .*/, 'Cortex-Attempt: ""'],
      [
        /Cortex-Metric: .*/,
        'Cortex-Metric: {"name":"val_loss","mean":"low","sd":null,"values":[]}',
      ],
      [/Cortex-Confidence: .*/, 'Cortex-Confidence: 60'],
      [/Cortex-Parameters: .*/, 'Cortex-Parameters: many'],
      [/Cortex-Version: .*/, 'Cortex-Version:'],
    ];
    for (const [pattern, replacement] of damages) {
      assert.match(message, pattern);
      assert.equal(parseCommitMessage(message.replace(pattern, replacement)), null, replacement);
    }
  });
});
