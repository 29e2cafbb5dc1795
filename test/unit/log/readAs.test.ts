import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diagnose } from '../../../src/log/diagnose.ts';
import { readAs } from '../../../src/log/readAs.ts';
import { readTrainingLog } from '../../../src/log/readTrainingLog.ts';

function told(text: string): string {
  const result = readTrainingLog(text, 'a.log');
  if (!result.ok) throw result.error;
  return readAs(diagnose(result.value));
}

test('what a log was read as stands in a line', () => {
  assert.equal(
    told('epoch 1 loss=0.5 val_loss=0.6 lr=0.1\nepoch 2 loss=0.4 val_loss=0.5 lr=0.1\n'),
    'loss, val_loss by epoch; lr',
  );
  assert.equal(told('step 10: loss 0.5\nstep 20: loss 0.4\n'), 'loss by step');
});
