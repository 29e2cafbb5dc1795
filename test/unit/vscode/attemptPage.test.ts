import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { Study } from '../../../src/study/study.ts';
import { detailNodes, lineNodes } from '../../../src/hosts/vscode/history/detailNodes.ts';
import { attemptNodes } from '../../../src/hosts/vscode/history/historyNodes.ts';
import {
  expectationText,
  reasoningHover,
} from '../../../src/hosts/vscode/review/reasoningMarkdown.ts';
import { attempt, language } from '../views/support.ts';

describe("a language model's attempt", () => {
  test(
    'has who proposed, where words and change disagree, each repair and its cost in the ' +
      "history's details",
    () => {
      const details = detailNodes(
        { id: 'x', commit: 'abcdef1234567890' } as AttemptSummary,
        language,
        [],
      ).flatMap((node) => (node.kind === 'detail' ? [node.label, ...node.details] : []));
      for (const line of [
        'Claims early stopping, the change has <b>none</b>.',
        'by openai:gpt-5-mini, 5210 tokens in, 640 out, $0.0026',
        '1 repair',
        'Expected [10], got [7] → Units of the last layer',
      ])
        assert.ok(details.includes(line), `${line} in ${details.join(' | ')}`);
    },
  );
});

describe('the reasons in a hover', () => {
  const proposal = {
    ...attempt.proposal,
    base: '',
    text: '',
    fingerprint: null,
    cost: null,
  } as Parameters<typeof reasoningHover>[0];

  test('link to the first log line that proves them', () => {
    assert.match(
      reasoningHover(proposal, '/w/my (1)/train_log.txt'),
      /\[train\\_log\\\.txt, lines 9, 20\]\(file:\/\/\/w\/my%20%281%29\/train_log\.txt#L9\)/,
    );
    assert.match(reasoningHover(proposal, null), /log, lines 9, 20/);
  });

  test('name the expected effect and the confidence, or their absence', () => {
    assert.equal(expectationText(proposal), 'expected val_loss −0.003, confidence 60 %');
    assert.equal(
      expectationText({ ...proposal, expectedEffect: null, confidence: null }),
      'no effect predicted',
    );
  });
});

describe('the history', () => {
  const summary = (
    number: number,
    verdict: AttemptSummary['verdict'],
    mean: number | null,
  ): AttemptSummary => ({
    id: `digits-${number}`,
    number,
    study: 'digits',
    kind: number === 0 ? 'baseline' : 'change',
    verdict,
    failure: null,
    title: 't',
    operator: null,
    family: null,
    proposer: null,
    mismatches: 0,
    metric: mean === null ? null : { mean, sd: null, values: [mean] },
    effect: { observed: null, predicted: null },
    parameters: null,
    fingerprint: null,
    parents: number === 0 ? [] : ['digits-0'],
    sourceHash: '',
    dataHash: null,
    configHash: '',
    commit: 'c0ffee0123456789',
    finishedAt: 0,
  });
  const study: Study = {
    name: 'digits',
    modelPath: '/w/model.ts',
    folder: '/w',
    logPath: null,
    config: attempt.config,
  };
  const shown = (attempts: readonly AttemptSummary[]): readonly string[] =>
    attemptNodes(study, attempts).map((node) =>
      node.kind === 'attempt' ? `${node.attempt.number} ${node.role}` : node.kind,
    );

  test('pins best and baseline, then the newest first', () => {
    const attempts = [
      summary(0, 'baseline', 0.5),
      summary(1, 'better', 0.4),
      summary(2, 'worse', 0.6),
      summary(3, 'crashed', null),
    ];
    assert.deepEqual(shown(attempts), ['1 best', '0 baseline', '3 attempt', '2 attempt']);
  });

  test('a baseline that nothing beat is shown once', () => {
    assert.deepEqual(shown([summary(0, 'baseline', 0.5), summary(1, 'worse', 0.6)]), [
      '0 baseline',
      '1 attempt',
    ]);
    assert.deepEqual(shown([]), []);
  });

  test('under an attempt: verdict, hunks, reasoning, findings, proposer, trials, commit', () => {
    const nodes = detailNodes(summary(1, 'better', 0.4), attempt, []);
    assert.deepEqual(
      nodes.map((node) => (node.kind === 'detail' ? node.label : '')),
      [
        'Better by 0.003.',
        '1 hunk',
        'val_loss is flat since epoch 9 [x](command:quit)',
        '1 finding',
        'by offline',
        '2 trials',
        'commit c0ffee0123',
      ],
    );
    const hunks = nodes.find((node) => node.kind === 'detail' && node.icon === 'diff');
    assert.match(hunks?.kind === 'detail' ? hunks.details.join() : '', /^line 1: edited$/);
    const trials = nodes.find((node) => node.kind === 'detail' && node.icon === 'beaker');
    assert.deepEqual(
      trials?.kind === 'detail' &&
        lineNodes(trials).map((node) => (node.kind === 'detail' ? node.label : '')),
      ['seed 1: 0.41, 2 epochs (1.2 s)', 'seed 2: not-a-number, loss | became NaN (1.0 s)'],
    );
  });
});
