import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Attempt } from '../../../src/core/attempts/attempt.ts';
import type { HunkEffect } from '../../../src/core/ablation/hunkEffects.ts';
import type { SeedTable } from '../../../src/core/attempts/seedTable.ts';
import { summarize } from '../../../src/core/attempts/summary.ts';
import type { AttemptSummary } from '../../../src/core/ports.ts';
import type { Study } from '../../../src/core/study/study.ts';
import { studyConfigSchema } from '../../../src/core/study/studyConfig.ts';
import { attemptMarkdown } from '../../../src/vscode/attempt/attemptMarkdown.ts';
import { attemptNodes, detailNodes, lineNodes } from '../../../src/vscode/history/historyNodes.ts';
import { expectationText, reasoningHover } from '../../../src/vscode/review/reasoningMarkdown.ts';

const config = studyConfigSchema.parse({});
const attempt: Attempt = {
  version: 1, id: 'digits-1-x', number: 1, study: 'digits', model: 'model.ts', parents: ['digits-0-x'], createdAt: '2026-01-01', finishedAt: '2026-01-02',
  proposal: {
    title: 'Dropout <b>', operator: 'dropout', family: 'regularisation', reasoning: 'val_loss is flat since epoch 9 [x](command:quit)', proposer: 'offline',
    evidence: [{ text: 'gap 31 %', finding: 'train-validation-gap', lines: [9, 20] }], expectedEffect: { metric: 'val_loss', delta: -0.003 }, confidence: 0.6,
    diff: '-a\n+b ``` `````\n',
  },
  review: { reviewer: 'person', hunks: [{ header: '@@ -1,1 +1,1 @@', decision: 'edited' }] },
  fingerprint: null, config, dataHash: 'd'.repeat(64),
  environment: { cortex: '0.1.0', runtime: 'wasm', probe: {}, versions: { node: '24' }, platform: 'linux' }, parameters: 1234,
  trials: [
    { outcome: 'completed', seed: 1, metric: 0.41, curves: { val_loss: [0.9, 0.41] }, epochs: 2, seconds: { fit: 1, total: 1.2 } },
    { outcome: 'failed', seed: 2, failure: { kind: 'not-a-number', message: 'loss | became NaN', line: null, stderr: ['boom'] }, curves: { val_loss: [0.9, null] }, epochs: 1, seconds: { fit: 1, total: 1 } },
  ],
  verdict: { kind: 'better', text: 'Better by 0.003.', comparisons: [{ against: 'digits-0-x', seeds: [1], meanDifference: -0.003, interval: [-0.004, -0.002], confidence: 0.95 }] },
  repairs: [], cost: null,
};

const measuredSummary: AttemptSummary = {
  ...summarize(attempt, { source: 's', config: 'c' }), commit: 'c0ffee', metric: { mean: 0.412, sd: 0.0123, values: [0.4, 0.424] },
};

const hunks: readonly HunkEffect[] = [{
  hunk: 2, hunks: 3, header: '@@ -4,1 +4,1 @@', attemptId: 'digits-2-x', number: 2, verdict: 'worse', text: 'Hunk 2 of 3: val_loss −0.002: it pays.',
  effect: { meanDifference: -0.002, interval: [-0.003, -0.001], confidence: 0.95, seeds: [1] },
}];
const seeds: SeedTable = { columns: [{ id: 'digits-1-x', name: '#1' }, { id: 'digits-0-x', name: 'baseline #0' }], rows: [{ seed: 1, values: [0.41, 0.413] }, { seed: 2, values: [null, 0.42] }] };

describe('the page of an attempt', () => {
  const page = attemptMarkdown(attempt, { logPath: '/w/train_log.txt', history: [measuredSummary], hunks, seeds });

  test('has the verdict, the reasons, the numbers and the surroundings', () => {
    for (const part of ['\\#1 Dropout'.slice(1), 'Better by 0\\.003', 'val\\_loss 0\\.412 ± 0\\.012 \\(2 seeds, spread 0\\.012\\)', 'gap 31 %', 'train\\_log\\.txt, lines 9, 20', '−0\\.003', '| 1 | 0.41 | 2 | 1.2 s |', '█▁', 'boom', 'edited', 'wasm', '1234']) {
      assert.ok(page.includes(part), `${part} is missing in\n${page}`);
    }
  });

  test('has the comparison with its interval, the seeds it rests on, and what each hunk brought', () => {
    assert.match(page, /- against .*: −0\\\.003 \\\(95 % interval −0\\\.004 to −0\\\.002, 1 shared seed\\\)/);
    assert.match(page, /\| seed \| \\#1 \| baseline \\#0 \|\n\| --- \| --: \| --: \|\n\| 1 \| 0\.41 \| 0\.413 \|\n\| 2 \| – \| 0\.42 \|/);
    assert.match(page, /## Which line paid\?\n\n- .*.*Hunk 2 of 3: val\\_loss −0\\\.002: it pays/);
  });

  test('keeps what others wrote literal: no HTML, no links, no broken tables or fences', () => {
    assert.doesNotMatch(page, /<b>/);
    assert.doesNotMatch(page, /[^\\]\]\(command/);
    assert.match(page, /not\\-a\\-number: loss \\\| became NaN/);
    assert.match(page, /``````diff\n-a\n\+b ``` `````/);
  });

  test('of a baseline that never trained says so', () => {
    const bare = attemptMarkdown({ ...attempt, proposal: null, review: null, environment: null, trials: [], dataHash: null, parameters: null }, { logPath: null, history: [], hunks: [], seeds: { columns: [], rows: [] } });
    assert.match(bare, /# #1 Baseline/);
    assert.match(bare, /Nothing was trained/);
  });
});

describe('the page of a language model\'s attempt', () => {
  const failure: Attempt['repairs'][number]['failure'] = { kind: 'shape', message: 'Expected [10], got [7]', line: 12, stderr: [] };
  const language: Attempt = {
    ...attempt,
    proposal: { ...attempt.proposal, proposer: 'openai:gpt-5-mini', warnings: ['Claims early stopping, the change has <b>none</b>.'] } as Attempt['proposal'],
    repairs: [{ failure, answer: 'Units of the last layer', cost: { inputTokens: 100, outputTokens: 20, usd: null } }],
    cost: { inputTokens: 5210, outputTokens: 640, usd: 0.0026 },
  };
  const page = attemptMarkdown(language, { logPath: null, history: [], hunks: [], seeds: { columns: [], rows: [] } });

  test('shows who proposed, where words and change disagree, each repair, and what it cost', () => {
    assert.match(page, /openai:gpt\\-5\\-mini/);
    assert.match(page, /⚠ Claims early stopping, the change has &lt;b&gt;none/);
    assert.match(page, /5210 tokens in, 640 out, \\\$0\\\.0026/);
    assert.match(page, /## Repairs\n\n1\. shape in line 12: Expected \\\[10\\\], got .* → Units of the last layer \*\(100 tokens in, 20 out, price unknown\)\*/);
  });

  test('has the same in the history\'s details', () => {
    const details = detailNodes({ id: 'x', commit: 'abcdef1234567890' } as AttemptSummary, language, []).flatMap((node) => (node.kind === 'detail' ? [node.label, ...node.details] : []));
    for (const line of ['Claims early stopping, the change has <b>none</b>.', 'by openai:gpt-5-mini, 5210 tokens in, 640 out, $0.0026', '1 repair', 'Expected [10], got [7] → Units of the last layer']) assert.ok(details.includes(line), `${line} in ${details.join(' | ')}`);
  });

  test('says nothing of repairs or cost where there were none', () => {
    assert.doesNotMatch(attemptMarkdown(attempt, { logPath: null, history: [], hunks: [], seeds: { columns: [], rows: [] } }), /Repairs|tokens/);
  });
});

describe('the reasons in a hover', () => {
  const proposal = { ...attempt.proposal, base: '', text: '', fingerprint: null, cost: null } as Parameters<typeof reasoningHover>[0];

  test('link to the first log line that proves them', () => {
    assert.match(reasoningHover(proposal, '/w/my (1)/train_log.txt'), /\[train\\_log\\\.txt, lines 9, 20\]\(file:\/\/\/w\/my%20%281%29\/train_log\.txt#L9\)/);
    assert.match(reasoningHover(proposal, null), /log, lines 9, 20/);
  });

  test('name the expected effect and the confidence, or their absence', () => {
    assert.equal(expectationText(proposal), 'expected val_loss −0.003, confidence 60 %');
    assert.equal(expectationText({ ...proposal, expectedEffect: null, confidence: null }), 'no effect predicted');
  });
});

describe('the history', () => {
  const summary = (number: number, verdict: AttemptSummary['verdict'], mean: number | null): AttemptSummary => ({
    id: `digits-${number}`, number, study: 'digits', verdict, failure: null, title: 't', operator: null, family: null, proposer: null, mismatches: 0,
    metric: mean === null ? null : { mean, sd: null, values: [mean] }, effect: { observed: null, predicted: null }, parameters: null,
    fingerprint: null, parents: number === 0 ? [] : ['digits-0'], sourceHash: '', dataHash: null, configHash: '', commit: 'c0ffee0123456789', finishedAt: 0,
  });
  const study: Study = { name: 'digits', modelPath: '/w/model.ts', folder: '/w', logPath: null, config };
  const shown = (attempts: readonly AttemptSummary[]): readonly string[] =>
    attemptNodes(study, attempts).map((node) => (node.kind === 'attempt' ? `${node.attempt.number} ${node.role}` : node.kind));

  test('pins best and baseline, then the newest first', () => {
    const attempts = [summary(0, 'baseline', 0.5), summary(1, 'better', 0.4), summary(2, 'worse', 0.6), summary(3, 'crashed', null)];
    assert.deepEqual(shown(attempts), ['1 best', '0 baseline', '3 attempt', '2 attempt']);
  });

  test('a baseline that nothing beat is shown once', () => {
    assert.deepEqual(shown([summary(0, 'baseline', 0.5), summary(1, 'worse', 0.6)]), ['0 baseline', '1 attempt']);
    assert.deepEqual(shown([]), []);
  });

  test('under an attempt: verdict, reasoning, findings, proposer, trials, commit', () => {
    const nodes = detailNodes(summary(1, 'better', 0.4), attempt, []);
    assert.deepEqual(nodes.map((node) => (node.kind === 'detail' ? node.label : '')), ['Better by 0.003.', 'val_loss is flat since epoch 9 [x](command:quit)', '1 finding', 'by offline', '2 trials', 'commit c0ffee0123']);
    const trials = nodes.find((node) => node.kind === 'detail' && node.icon === 'beaker');
    assert.deepEqual(trials?.kind === 'detail' && lineNodes(trials).map((node) => (node.kind === 'detail' ? node.label : '')), [
      'seed 1: 0.41, 2 epochs (1.2 s)',
      'seed 2: not-a-number, loss | became NaN (1.0 s)',
    ]);
  });
});
