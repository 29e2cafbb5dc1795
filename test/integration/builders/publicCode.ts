import { cortex, git, type Run } from '../cli/cortex.ts';
import { makeFolder } from '../trainer/harness.ts';

/** How a model file of public code begins. */
export const TF = `import * as tf from '@tensorflow/tfjs';\n`;

const ROWS = `export function loadData() { const inputs = [], targets = [];
  for (let i = 0; i < 90; i++) { inputs.push([i % 3, (i * 7) % 5, (i * 3) % 4, i % 2]);
    targets.push(TARGET); } return { inputs, targets TASK }; }`;

/** A data module of ninety rows of four numbers. */
export const rows = (target: string, task = ''): string =>
  ROWS.replace('TARGET', target).replace('TASK', task);

/** A call of the factory. */
export const dense = (more: string): string => `tf.layers.dense({ ${more} })`;

/** Runs the terminal program in a repository of its own that holds these files. */
export async function inFolder<T>(
  files: Readonly<Record<string, string>>,
  use: (run: (...args: readonly string[]) => Promise<Run>, folder: string) => Promise<T>,
): Promise<T> {
  const { folder, remove } = await makeFolder({
    'cortex.json': '{ "epochs": 2, "seeds": 1 }',
    ...files,
  });
  try {
    await git(folder, 'init', '-q');
    await git(folder, 'add', '-A');
    await git(folder, '-c', 'user.name=t', '-c', 'user.email=t@t', 'commit', '-qm', 'files');
    return await use((...args) => cortex(folder, ...args, '--runtime', 'wasm'), folder);
  } finally {
    await remove();
  }
}
