import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Failure } from '../../../src/record/trial.ts';
import type { AttemptSummary } from '../../../src/record/attemptSummary.ts';
import type { LoopEvent } from '../../../src/loop/loopEvent.ts';
import type { Proposal } from '../../../src/study/proposal.ts';
import { ReasoningPage } from '../../../src/hosts/vscode/run/reasoningPage.ts';

const proposal: Proposal = {
  title: 'Widen the hidden layer',
  operator: 'widen',
  family: 'width',
  reasoning: 'Both losses still fall.',
  evidence: [{ text: 'val_loss falls', finding: null, lines: [18, 20] }],
  expectedEffect: { metric: 'val_loss', delta: -0.05 },
  confidence: 0.6,
  proposer: 'openai:m',
  base: '',
  text: '',
  fingerprint: null,
  cost: null,
  warnings: ['The answer names no evidence.'],
};
const failure: Failure = { kind: 'shape', message: 'wrong shapes', line: 3, stderr: [] };
const recorded: LoopEvent = {
  kind: 'recorded',
  attempt: { number: 2, verdict: 'better' } as AttemptSummary,
  text: 'Lower by 0.04.',
};

function pageAfter(...events: readonly LoopEvent[]): string {
  const page = new ReasoningPage();
  page.begin('Think Loop, 2 rounds on digits');
  for (const event of events) page.follow(event);
  return page.text;
}

describe('the page of the reasoning', () => {
  test(
    'shows an answer while it is written, and its proposal with evidence, expectation and ' +
      'warnings in its place',
    () => {
      const writing: LoopEvent = {
        kind: 'thinking',
        text: '{"title": "Widen", "reasoning": "Both lo',
      };
      assert.match(pageAfter(writing), /^Think Loop, 2 rounds on digits\n\n✎ Widen\n\nBoth lo\n$/);
      const page = pageAfter(writing, { kind: 'proposed', proposal, round: 1 }, recorded);
      assert.doesNotMatch(page, /✎/);
      assert.match(
        page,
        /── Round 1: Widen the hidden layer ──\nby openai:m\n\nBoth losses still fall\.\n {2}· val_loss falls \(log line 18, 20\)\nExpected: val_loss [−-]0\.05, confidence 60 %\n⚠ The answer names no evidence\.\n\n→ #2 better: Lower by 0\.04\.\n$/,
      );
    },
  );

  test('keeps the answers of a repair, with the failure before them', () => {
    const page = pageAfter(
      { kind: 'proposed', proposal, round: 1 },
      { kind: 'repairing', failure, step: 1 },
      { kind: 'thinking', text: '{"title": "Mended"' },
      recorded,
    );
    assert.match(page, /↻ Step 1 of mending: wrong shapes\n\n✎ Mended\n\n→ #2/);
  });

  test('is told nothing by what only passes by, and begins anew with each run', () => {
    const page = new ReasoningPage();
    page.begin('First');
    page.follow(recorded);
    assert.equal(page.follow({ kind: 'trying', text: 'learning rate 0.01' }), false);
    page.begin('Second');
    assert.equal(page.text, 'Second\n');
  });

  test('stays of a size that can be redrawn', () => {
    const page = pageAfter(...Array.from({ length: 5000 }, () => recorded));
    assert.ok(page.length < 5000, String(page.length));
  });
});
