import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { thinkingPage, thinkingStep } from '../../../src/hosts/vscode/run/thinkingText.ts';

const answer = JSON.stringify({
  title: 'Wider "first" layer',
  reasoning: 'val_loss\nis flat é\\',
  edits: [],
});

describe('an answer as it is written', () => {
  test('shows title and reasoning of the whole', () => {
    assert.equal(thinkingPage(answer), 'Wider "first" layer\n\nval_loss\nis flat é\\');
    assert.equal(thinkingStep(answer), 'thinking: val_loss is flat é\\');
  });

  test('can break off anywhere, and never shows less than before', () => {
    let before = '';
    for (let length = answer.indexOf('"reasoning":"') + 13; length <= answer.length; length++) {
      const page = thinkingPage(answer.slice(0, length));
      assert.ok(page.startsWith(before), `${length}: ${page}`);
      before = page;
    }
    assert.match(before, /flat é\\$/);
  });

  test('reads escapes by number, also half written', () => {
    assert.equal(thinkingPage('{"reasoning": "caf\\u00e9 \\u00'), 'café ');
  });

  test('keeps prose before the JSON, and shows text without any', () => {
    assert.equal(
      thinkingPage('Let me see.\n```json\n{"title": "A", "reasoning": "B"'),
      'A\n\nLet me see.\n\nB',
    );
    assert.equal(thinkingPage('Only prose'), 'Only prose');
    assert.equal(thinkingPage(''), '');
  });

  test('is a short line in the status bar', () => {
    assert.ok(thinkingStep(`{"reasoning":"${'long '.repeat(100)}`).length < 60);
    assert.equal(thinkingStep('{"title":"Wider'), 'thinking: Wider');
    assert.equal(thinkingStep('{"'), 'thinking: 2 characters');
  });
});
