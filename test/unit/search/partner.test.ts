import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readPoints } from '../../../src/search/partner/readPoints.ts';
import { Space } from '../../../src/search/space/space.ts';
import { Archive } from '../../../src/search/sweep/archive.ts';

const space = new Space([
  { kind: 'real', name: 'learning rate', low: 1e-4, high: 1, log: true, initial: 0.001 },
  { kind: 'integer', name: 'units', low: 4, high: 256, log: true, initial: 32 },
  { kind: 'categorical', name: 'batch size', choices: [8, 16, 32], initial: 32 },
  { kind: 'categorical', name: 'norm', choices: ['as it is', 'batch'], initial: 'as it is' },
  {
    ...{ kind: 'real', name: 'momentum', low: 0, high: 1, log: false, initial: 0.9 },
    when: { name: 'norm', is: ['batch'] },
  },
]);
const nothing = new Archive(1);
const start = space.start;

const read = (points: unknown, archive = nothing) => {
  const result = readPoints(JSON.stringify({ points }), space, archive);
  return result.ok ? result.value : result.error;
};

describe('points that a language model suggests', () => {
  test('name what changes; the rest stays', () => {
    const values = [
      { name: 'learning rate', value: 0.004 },
      { name: 'batch size', value: '16' },
    ];
    const expected = [{ ...start, 'learning rate': 0.004, 'batch size': 16 }];
    assert.deepEqual(read([{ values }]), expected);
    assert.deepEqual(read([{ values: { 'learning rate': 0.004, 'batch size': 16 } }]), expected);
  });

  test('in fences and prose are read, too', () => {
    const answer = 'Sure!\n```json\n{"points": [{"values": {"units": "64"}}]}\n```\nGood luck.';
    assert.deepEqual(readPoints(answer, space, nothing), {
      ok: true,
      value: [{ ...start, units: 64 }],
    });
  });

  test('never leave the space, whatever they say', () => {
    const hostile = {
      'learning rate': 1e9,
      units: -7,
      'batch size': 17,
      momentum: 0.5,
      norm: 'require("child_process")',
      __proto__: { polluted: 'yes' },
      constructor: 'x',
      'rm -rf': '/',
    };
    assert.deepEqual(read([{ values: hostile }]), [{ ...start, 'learning rate': 1, units: 4 }]);
    assert.deepEqual(read([{ values: { norm: 'batch', momentum: 0.31 } }]), [
      { ...start, norm: 'batch', momentum: 0.31 },
    ]);
    assert.equal(read(Array(40).fill({ values: { units: 64 } })).length, 5);
  });

  test('that are no use are refused in a sentence', () => {
    const told = new Archive(1);
    told.add({ values: { ...start, units: 64 }, by: 'chance', epochs: 4, score: 1 });
    for (const [points, archive, why] of [
      [[{ values: { units: 'NaN' } }], nothing, /in the space and new/],
      [[{ values: { units: 64 } }], told, /in the space and new/],
      [[{ values: { units: '' } }], nothing, /in the space and new/],
      [[], nothing, /form asked for/],
      ['units 64', nothing, /form asked for/],
    ] as const)
      assert.match(String(read(points, archive)), why);
    const texts = { '': /empty/, 'no idea': /no JSON object/, '{"points": [': /breaks off/ };
    for (const [text, why] of Object.entries(texts)) {
      const result = readPoints(text, space, nothing);
      assert.match(result.ok ? '' : result.error, why);
    }
  });
});
