import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '../../../test/integration/cli/cortex.ts';

const MODEL = `import * as tf from '@tensorflow/tfjs';

export function buildModel(inputShape: number[], outputUnits: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, activation: 'relu', inputShape }));
  model.add(tf.layers.dropout({ rate: 0.1 }));
  model.add(tf.layers.dense({ units: 8, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
  return model;
}
`;

/** 60 rows of three classes. */
const TABLE = Array.from({ length: 60 }, (_, row) => `${row % 3},${(row * 7) % 10},${row % 3}`);

const CONFIG = {
  data: { csv: 'table.csv', target: 'label', task: 'classification' },
  epochs: 1,
  seeds: 1,
};

/** A study that trains in a blink, in a repository of its own; `remove` deletes it. */
export async function tinyStudy(): Promise<{
  readonly folder: string;
  readonly remove: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-crash-'));
  await writeFile(join(folder, 'model.ts'), MODEL);
  await writeFile(join(folder, 'table.csv'), `a,b,label\n${TABLE.join('\n')}\n`);
  await writeFile(join(folder, 'cortex.json'), JSON.stringify({ ...CONFIG, name: 'tiny' }));
  await git(folder, 'init', '-q');
  await git(folder, 'config', 'user.name', 'Ada');
  await git(folder, 'config', 'user.email', 'ada@example.org');
  await git(folder, 'add', '-A');
  await git(folder, 'commit', '-qm', 'first');
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}
