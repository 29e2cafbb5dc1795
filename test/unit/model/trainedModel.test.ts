import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { float32Of, halfBytes } from '../../../src/model/halfFloat.ts';
import { readModel, writeModel, type TrainedModel } from '../../../src/model/trainedModel.ts';
import { readSafetensors } from '../../../src/model/safetensors.ts';

const model: TrainedModel = {
  facts: {
    framework: 'tfjs',
    versions: { tfjs: '4.22.0' },
    topology: '{"class_name":"Sequential"}',
    seed: 3,
    task: 'classification',
    inputShape: [4],
    outputUnits: 2,
    reading: 'probabilities',
    preparation: {
      inputs: { mean: [1, 2, 3, 4], deviation: [1, 1, 2, 2] },
      targets: null,
      classes: ['no', 'ja'],
    },
  },
  weights: [
    { name: 'z/kernel', shape: [2, 2], dtype: 'float32', values: Float32Array.of(1, -2, 0.5, 3) },
    { name: 'a/count', shape: [1], dtype: 'int32', values: Float32Array.of(7) },
  ],
};

describe('a trained model as one file', () => {
  test('comes back as it was, weights in their order', () => {
    const file = writeModel(model);
    assert.deepEqual(readModel(file), model);
    assert.deepEqual(readModel(Buffer.concat([Buffer.from('abc'), file]).subarray(3)), model);
  });

  test('is a safetensors file: header length, JSON, offsets that follow each other', () => {
    const file = writeModel(model);
    const length = Number(new DataView(file.buffer).getBigUint64(0, true));
    assert.equal(length % 8, 0);
    const header = JSON.parse(new TextDecoder().decode(file.subarray(8, 8 + length))) as object;
    assert.deepEqual(Object.entries(header).slice(1), [
      ['z/kernel', { dtype: 'F32', shape: [2, 2], data_offsets: [0, 16] }],
      ['a/count', { dtype: 'I32', shape: [1], data_offsets: [16, 20] }],
    ]);
    assert.equal(file.length, 8 + length + 20);
  });

  test('that is cut, empty or something else is refused by name', () => {
    const file = writeModel(model);
    for (const damaged of [
      file.subarray(0, 4),
      file.subarray(0, 60),
      file.subarray(0, file.length - 4),
      new TextEncoder().encode('{"a": 1}, and no tensors at all'),
    ])
      assert.throws(() => readModel(damaged), { code: 'weights-damaged' });
    assert.throws(() => readModel(new Uint8Array(16)), { code: 'weights-damaged' });
  });

  test('without what Cortex says of it is no kept model, though its tensors can be read', () => {
    const bare = Uint8Array.from([2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d]);
    assert.deepEqual(readSafetensors(bare).tensors, []);
    assert.throws(() => readModel(bare), { code: 'weights-damaged' });
  });
});

describe('16-bit floats', () => {
  test('hold what they can hold exactly', () => {
    const exact = [0, -0, 1, -2, 0.5, 65_504, 2 ** -14, 2 ** -24, 1.5 * 2 ** -15, 0.333251953125];
    assert.deepEqual([...float32Of(halfBytes(exact))], exact);
  });

  test('round to nearest, ties to even, and end at the largest', () => {
    assert.deepEqual(
      [...float32Of(halfBytes([2049, 2051, 1e9, -1e9, 2 ** -26, 1023.9999]))],
      [2048, 2052, 65_504, -65_504, 0, 1024],
    );
    assert.ok(Number.isNaN(float32Of(halfBytes([NaN]))[0]));
  });
});
