import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEventFile } from '../../../src/log/formats/tensorBoard.ts';

const field = (id: number, bytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from([(id << 3) | 2, bytes.length]), bytes]);

/** A record with one scalar; checksums are left out, as nothing reads them. */
function scalar(tag: string, step: number, value: number): Buffer {
  const number = Buffer.alloc(5);
  number[0] = (2 << 3) | 5;
  number.writeFloatLE(value, 1);
  const one = field(1, Buffer.concat([field(1, Buffer.from(tag)), number]));
  const event = Buffer.concat([Buffer.from([2 << 3, step]), field(5, one)]);
  const length = Buffer.alloc(12);
  length.writeUInt32LE(event.length);
  return Buffer.concat([length, event, Buffer.alloc(4)]);
}

const read = (
  scalars: readonly Buffer[],
): ReturnType<ReturnType<typeof readEventFile>['finish']> => {
  const events = readEventFile('events.out.tfevents.1');
  events.push(Buffer.concat(scalars));
  return events.finish();
};

test('tags by steps between tags by epochs are left out', () => {
  const epoch = (i: number): readonly Buffer[] => [
    scalar('Loss/Train_Batch', 8 * i, 0.25),
    scalar('Loss/Train_Epoch', i, 1 / i),
    scalar('Loss/Val_Epoch', i, 2 / i),
  ];
  const log = read([1, 2, 4].flatMap(epoch));
  assert.deepEqual(log?.epochs, [1, 2, 4]);
  assert.equal(log.counter, undefined);
  assert.deepEqual(log.series, { loss: [1, 0.5, 0.25], val_loss: [2, 1, 0.5] });
});

test('steps that leave gaps are steps', () => {
  const log = read([50, 100].map((step) => scalar('Loss/train', step, 0.5)));
  assert.deepEqual([log?.counter, log?.epochs], ['step', [50, 100]]);
});

test('an epoch that is told as a value is no loss', () => {
  const log = read([scalar('train/loss', 1, 0.5), scalar('train/epoch', 1, 1)]);
  assert.deepEqual(log?.series, { loss: [0.5] });
});
