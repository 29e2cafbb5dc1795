import assert from 'node:assert/strict';
import { test } from 'node:test';
import { visibleStyledText, visibleText } from '../../../src/util/visibleText.ts';

test('control characters and turned writing are written out, line feeds and tabs stay', () => {
  const hostile = '\u001b]52;c;bHM=\u0007a\rb\u0008c\u009b31md\u202ee\nf\tg';
  assert.equal(
    visibleText(hostile),
    '\\u001b]52;c;bHM=\\u0007a\\u000db\\u0008c\\u009b31md\\u202ee\nf\tg',
  );
});

test('of styles only the ones Cortex writes stay', () => {
  const own = '\u001b[1m\u001b[31mworse\u001b[39m\u001b[22m';
  assert.equal(visibleStyledText(own), own);
  assert.equal(visibleStyledText('\u001b[8mhidden\u001b[2J'), '\\u001b[8mhidden\\u001b[2J');
});

test('letters of any language stay as they are', () => {
  const text = 'Überanpassung, 过拟合, التعلم, 📉';
  assert.equal(visibleText(text), text);
});
