import assert from 'node:assert/strict';
import { test } from 'node:test';
import { remediesFor } from '../../../src/propose/operators/operators.ts';
import { FINDING_KINDS } from '../../../src/log/diagnosis.ts';
import { focusOption } from '../../../src/hosts/terminal/focusOption.ts';

test('--focus offers what there is an answer to, and no notes', () => {
  const offered = FINDING_KINDS.filter((kind) => focusOption().argChoices?.includes(kind));
  assert.deepEqual(
    offered.filter((kind) => remediesFor(kind).length === 0),
    [],
  );
  assert.ok(
    offered.includes('overfitting') &&
      !offered.includes('too-few-epochs') &&
      !offered.includes('cannot-tell'),
  );
});
