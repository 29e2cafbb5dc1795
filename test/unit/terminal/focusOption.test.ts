import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remediesFor } from '../../../src/core/operators/remedies.ts';
import { FINDING_KINDS } from '../../../src/core/trainingLog/diagnosis.ts';
import { focusOption } from '../../../src/terminal/focusOption.ts';

test('--focus offers what there is an answer to, and no notes', () => {
  const offered = FINDING_KINDS.filter((kind) => focusOption().argChoices?.includes(kind));
  assert.deepEqual(offered.filter((kind) => remediesFor(kind).length === 0), []);
  assert.ok(offered.includes('overfitting') && !offered.includes('too-few-epochs') && !offered.includes('cannot-tell'));
});
