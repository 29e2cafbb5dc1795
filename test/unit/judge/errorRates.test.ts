import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from '../../../src/util/seededRandom.ts';
import { openSeeds, raceValues, type SimulatedRace } from './simulatedStudy.ts';

/** The first change of a study with a baseline of three seeds, `gain` deviations better than it. */
function firstChanges(count: number, gain: number): readonly SimulatedRace[] {
  const random = seededRandom(11);
  const next = (): number => random.next();
  return Array.from({ length: count }, () => {
    const draw = openSeeds(next, 6, { shape: 'normal', correlation: 0, sd: 1 });
    return raceValues(draw(-gain), draw(0), []);
  });
}

const share = (races: readonly SimulatedRace[], verdict: string): number =>
  races.filter((race) => race.verdict === verdict).length / races.length;

test('a model judged against itself is called better at most one time in twenty', () => {
  assert.ok(share(firstChanges(1000, 0), 'better') <= 0.05);
});

test('a gain of two deviations is found four times in five', () => {
  assert.ok(share(firstChanges(500, 2), 'better') >= 0.8);
});

test('a gain of four deviations is found within four seeds', () => {
  const races = firstChanges(500, 4);
  assert.ok(
    races.filter(({ verdict, seeds }) => verdict === 'better' && seeds <= 4).length /
      races.length >=
      0.95,
  );
});

test('a loss is never called better, and costs few seeds', () => {
  const races = firstChanges(500, -4);
  assert.equal(share(races, 'better'), 0);
  assert.ok(races.reduce((sum, { seeds }) => sum + seeds, 0) / races.length < 3);
});
