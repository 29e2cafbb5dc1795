import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  rangeAround,
  roundNumbers,
  withRoomBetween,
} from '../../../src/show/views/logarithmicAxis.ts';

describe('a logarithmic axis', () => {
  test('names 1, 2 and 5 of each power of ten, and more of a short range', () => {
    assert.deepEqual(roundNumbers(900, 6000), [1000, 2000, 5000]);
    assert.deepEqual(roundNumbers(10, 1000), [10, 20, 50, 100, 200, 500, 1000]);
    assert.deepEqual(roundNumbers(33, 87), [40, 50, 60, 70, 80]);
    assert.deepEqual(roundNumbers(0.2, 0.9), [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
  });

  test('leaves no empty decade around what it shows, and has numbers around a single value', () => {
    const [low, high] = rangeAround([1210, 1210]);
    assert.ok(low > 900 && low < 1210 && high > 1210 && high < 1600);
    assert.ok(roundNumbers(low, high).length >= 3, roundNumbers(low, high).join());
    assert.deepEqual(rangeAround([]), [1, 10]);
  });

  test('tells only those numbers that have room for their words', () => {
    const places = (value: number): number => 30 * Math.log10(value);
    assert.deepEqual(withRoomBetween([10, 20, 50, 100, 200], places, 15), [
      10,
      null,
      50,
      null,
      200,
    ]);
    assert.deepEqual(withRoomBetween([10, 20], places, 5), [10, 20]);
  });
});
