import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Session } from './session.ts';
import { until } from '../until.ts';

/** A model file with two builders. */
export const TWO = `import * as tf from '@tensorflow/tfjs';

export function createFlat(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [8, 8, 1] }));
  model.add(tf.layers.dense({ units: 12, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  return model;
}

export function createDeep(): tf.Sequential {
  const model = tf.sequential();
  model.add(tf.layers.flatten({ inputShape: [8, 8, 1] }));
  model.add(tf.layers.dense({ units: 20, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 18, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.001), loss: 'categoricalCrossentropy' });
  return model;
}
`;

/** `current` gives a session whose folder holds {@link TWO} as `two.ts`. */
export const severalBuilders = (current: () => Session): Promise<void> =>
  describe('a model file with several builders', () => {
    test('each has a lens of its own, and none is chosen silently', async () => {
      const { workbench } = current();
      await workbench.openFile('two.ts');
      await until(
        'a lens on each',
        async () => (await workbench.codeLens('Improve This Builder').count()) === 2,
        60,
      );
      assert.equal(await workbench.codeLens('Improve Architecture').count(), 0);
      await workbench.screenshot('builders-dark');
    });

    test('a click on one brings a proposal for it, and it is the one that is meant from then on', async () => {
      const session = current();
      const { workbench } = session;
      await workbench.clickCodeLens('Improve This Builder', 1);
      await workbench.codeLens('Reject All').first().waitFor({ timeout: 120_000 });
      await workbench.clickCodeLens('Reject All');
      await until('its record', async () => (await session.verdicts())[0] === 'rejected', 60);
      const branch = (
        await session.git('branch', '--list', 'cortex/*', '--format=%(refname:short)')
      ).trim();
      const record = JSON.parse(await session.git('show', `${branch}:.cortex/attempt.json`)) as {
        readonly config: { readonly builder?: string };
      };
      assert.equal(record.config.builder, 'createDeep');
      await workbench.tab('two.ts').click();
      await until(
        'the lenses of the one that is meant',
        async () =>
          (await workbench.codeLens('Improve Architecture').count()) === 1 &&
          (await workbench.codeLens('Improve This Builder').count()) === 1,
      );
      assert.equal(await session.git('status', '--porcelain'), '?? two.ts\n');
    });
  });
