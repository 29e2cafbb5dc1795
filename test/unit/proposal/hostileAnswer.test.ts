import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readAnswer } from '../../../src/propose/answer/readAnswer.ts';
import { applyTextEdits } from '../../../src/propose/answer/textEdits.ts';

/** An answer of any content is read on the thread of an editor: this is more than it may take. */
const MOST_MILLISECONDS = 500;

/** Milliseconds of this process's own work: what else the machine does counts for nothing. */
function timed<T>(work: () => T): { readonly result: T; readonly milliseconds: number } {
  const start = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(start);
  return { result, milliseconds: (user + system) / 1000 };
}

describe('an answer made to be slow or deep is read in linear time, or refused', () => {
  const answers: Readonly<Record<string, string>> = {
    'escaped quotes without an end': `{"a":"${'\\"'.repeat(90_000)}`,
    'opening quotes': `{${'"'.repeat(190_000)}`,
    'opening braces': '{'.repeat(190_000),
    'deep lists': `{"edits":${'['.repeat(90_000)}${']'.repeat(90_000)}}`,
    'fences without an end': '```json\n'.repeat(20_000),
  };
  for (const [name, text] of Object.entries(answers)) {
    test(name, () => {
      const { result, milliseconds } = timed(() => readAnswer(text));
      assert.equal(result.ok, false);
      assert.ok(milliseconds < MOST_MILLISECONDS, `${Math.round(milliseconds)} ms`);
    });
  }
});

describe('an edit whose text is made to be slow', () => {
  const builder = `function buildModel() { return ${'a '.repeat(5_000)}; }`;
  const range = { start: 0, end: builder.length };
  const texts: Readonly<Record<string, string>> = {
    'many words': 'units '.repeat(40_000),
    'words that nearly match': `${'a '.repeat(4_000)}b`,
    'signs only': '('.repeat(100_000),
  };
  for (const [name, oldText] of Object.entries(texts)) {
    test(name, () => {
      const { result, milliseconds } = timed(() =>
        applyTextEdits(builder, range, [{ oldText, newText: 'x', why: '' }]),
      );
      assert.equal(result.ok, false);
      assert.ok(milliseconds < MOST_MILLISECONDS, `${Math.round(milliseconds)} ms`);
    });
  }

  test('white space may differ, and what occurs twice is refused', () => {
    const source = 'f( a,\n  b );\ng(1);\ng( 1 );';
    const whole = { start: 0, end: source.length };
    const apply = (oldText: string) =>
      applyTextEdits(source, whole, [{ oldText, newText: 'h()', why: '' }]);
    assert.deepEqual(apply('f(a, b)'), { ok: true, value: 'h();\ng(1);\ng( 1 );' });
    assert.equal(apply('g (1)').ok, false);
  });
});
