import assert from 'node:assert/strict';
import { test } from 'node:test';
import { raceShare } from '../../../src/loop/sweep/raceShare.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';

const config = studyConfigSchema.parse({ seeds: 3 });
const parent = (seconds: number) => ({
  spent: { seconds, tokens: 0, usd: null },
  metric: { name: 'val_loss', direction: 'minimize' as const, values: [1, 1, 1], mean: 1, sd: 0 },
});

test('a search keeps as long for its race as ten runs are expected to take', () => {
  // Three runs took 30 s, so ten take 100 s: a third of five minutes.
  assert.equal(raceShare({ minutes: 5, parent: parent(30), config, workers: 1 }), 1 / 3);
});

test('quick runs keep a quarter, slow ones leave the search its share, workers share the time', () => {
  const share = (seconds: number, workers = 1): number =>
    raceShare({ minutes: 5, parent: parent(seconds), config, workers });
  assert.equal(share(0.3), 0.25);
  assert.equal(share(3000), 0.6);
  assert.equal(share(72, 2), 0.4);
});
