/**
 * `node trainQuietly.ts <runtime> <asset folder>`: loads a runtime, trains one model, and exits
 * with 0 when it learned and no listener was left.
 */
import { loadRuntime } from '../../../../../src/workers/tfjs/runtime/loadRuntime.ts';
import type { RuntimeName } from '../../../../../src/workers/tfjs/runtime/runtime.ts';

const [, , name, assetFolder = ''] = process.argv;
const { tf } = await loadRuntime(name as RuntimeName, { assetFolder, tfjsNodeFolders: [] });
const listeners =
  process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');

const model = tf.sequential({
  layers: [
    tf.layers.dense({ units: 8, activation: 'relu', inputShape: [2] }),
    tf.layers.dense({ units: 1 }),
  ],
});
model.compile({ optimizer: tf.train.adam(0.05), loss: tf.losses.meanSquaredError });
const { history } = await model.fit(
  tf.tensor2d([
    [0, 1],
    [1, 0],
    [1, 1],
  ]),
  tf.tensor2d([[1], [2], [3]]),
  { epochs: 30, verbose: 0 },
);
const losses = history.loss as number[];
process.exitCode = (losses.at(-1) ?? Infinity) < (losses[0] ?? 0) / 2 && listeners === 0 ? 0 : 1;
