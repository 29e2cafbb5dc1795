import assert from 'node:assert/strict';
import { test } from 'node:test';
import { promptText } from '../../../src/hosts/vscode/language/promptText.ts';

test('what a user sees before sending is every word of it, to whom, and how much', () => {
  const question = {
    system: 'You change builders.\nAnswer in JSON.',
    prompt: 'Objective: minimize val_loss.\n'.repeat(100),
  };
  const page = promptText(
    { destination: 'gpt-5-mini at api.openai.com', question },
    'Ahead: 2 requests.',
  );
  assert.ok(page.includes(question.system));
  assert.ok(page.includes(question.prompt));
  assert.match(page, /^What will be sent to gpt-5-mini at api\.openai\.com\n/);
  assert.match(page, /\nAhead: 2 requests\.\n/);
  assert.match(page, /About 10\d\d tokens/);
});
