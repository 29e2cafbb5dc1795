import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import { answerWith, readChange } from './support.ts';

const plain = answerWith({ oldText: 'units: 16', newText: 'units: 64', why: 'It underfits.' });

describe('an answer is found in', () => {
  const forms: Readonly<Record<string, string>> = {
    'plain JSON': plain,
    'JSON with white space around': `\n\n  ${plain}\n`,
    'a fence': '```json\n' + plain + '\n```',
    'a fence without a language': '```\n' + plain + '\n```',
    'prose around a fence': `Here is my proposal {see below}:\n\`\`\`json\n${plain}\n\`\`\`\nI hope it helps.`,
    'prose without a fence': `I would widen the layer { since it is narrow }. ${plain} That is all.`,
    'a thinking model’s text': `<think>maybe {"title": 1}?</think>${plain}`,
  };
  for (const [name, text] of Object.entries(forms)) {
    test(name, () => {
      assert.deepEqual(readChange(text).edits, [
        { oldText: 'units: 16', newText: 'units: 64', why: 'It underfits.' },
      ]);
    });
  }
});

describe('what is missing', () => {
  test('only title, reasoning and edits are required; the rest is empty', () => {
    const { evidence, operations, expectedEffect, confidence, searchSpace } = readChange(plain);
    assert.deepEqual(
      { evidence, operations, expectedEffect, confidence, searchSpace },
      { evidence: [], operations: [], expectedEffect: null, confidence: null, searchSpace: [] },
    );
  });
  test('a malformed extra counts as absent', () => {
    const answer = readChange(
      JSON.stringify({
        ...(JSON.parse(plain) as object),
        confidence: 'high',
        expectedEffect: 'better',
        evidence: 7,
        searchSpace: [{}],
      }),
    );
    assert.deepEqual(
      {
        confidence: answer.confidence,
        expectedEffect: answer.expectedEffect,
        evidence: answer.evidence,
        searchSpace: answer.searchSpace,
      },
      { confidence: null, expectedEffect: null, evidence: [], searchSpace: [] },
    );
  });
  for (const key of ['title', 'reasoning', 'edits']) {
    test(`without ${key}: refused by name`, () => {
      const { [key]: _, ...rest } = JSON.parse(plain) as Record<string, unknown>;
      const read = readAnswer(JSON.stringify(rest));
      assert.ok(!read.ok && read.error.includes(key), JSON.stringify(read));
    });
  }
});

describe('refusals', () => {
  const texts: Readonly<Record<string, readonly [string, RegExp]>> = {
    nothing: ['  ', /empty/],
    prose: ['I cannot help with that.', /no JSON object/],
    'cut off': [plain.slice(0, -12), /breaks off/],
    'cut off in a fence': ['```json\n' + plain.slice(0, 60), /breaks off/],
    'an array': ['[1, 2]', /no JSON object/],
    'one megabyte': [`{"title": "${'x'.repeat(1_000_000)}"}`, /at most 200000/],
    'only braces': ['{'.repeat(100_000), /breaks off/],
    'no edits': [JSON.stringify({ title: 'a', reasoning: 'b', edits: [] }), /edits/],
  };
  for (const [name, [text, expected]] of Object.entries(texts)) {
    test(name, () => {
      const read = readAnswer(text);
      assert.ok(!read.ok);
      assert.match(read.error, expected);
    });
  }
});

test('that nothing can be mended is an answer too', () => {
  assert.deepEqual(readAnswer('{"cannotMend": "The package is missing."}'), {
    ok: true,
    value: { kind: 'cannot-mend', why: 'The package is missing.' },
  });
});
