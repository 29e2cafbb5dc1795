import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MessageReader } from '../../../src/execution/protocolStream.ts';

/** What a stream holds when it comes in pieces of `size` bytes; `frame 3` announces three bytes. */
function read(stream: Uint8Array, size: number): readonly (string | readonly number[])[] {
  const seen: (string | readonly number[])[] = [];
  const reader = new MessageReader(20, {
    onLine: (line) => {
      seen.push(line);
      return Number(/^frame (\d+)$/.exec(line)?.[1] ?? 0);
    },
    onFrame: (frame) => seen.push([...frame]),
    onTooLong: () => seen.push('too long'),
  });
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size));
  reader.end();
  return seen;
}

const stream = Buffer.concat([
  Buffer.from('süß\nframe 4\n'),
  Buffer.from([0x0a, 0xff, 0x00, 0x0a]),
  Buffer.from('frame 0\n\nhalf'),
]);

test('lines and frames are told apart, whatever pieces they come in', () => {
  const whole = ['süß', 'frame 4', [0x0a, 0xff, 0x00, 0x0a], 'frame 0', '', 'half'];
  for (let size = 1; size <= stream.length; size += 1) assert.deepEqual(read(stream, size), whole);
});

test('a line without an end is not held for ever', () => {
  assert.deepEqual(read(Buffer.from(`a\n${'x'.repeat(50)}\nb\n`), 7), ['a', 'too long']);
});

test('half a frame is nothing', () => {
  assert.deepEqual(read(Buffer.from('frame 4\nabc'), 5), ['frame 4']);
});
