import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Variant } from '../../../src/model/variant.ts';
import type { Study } from '../../../src/study/study.ts';
import { studyConfigSchema } from '../../../src/record/studyConfig.ts';
import { cacheFolder } from '../../../src/adapters/files/cacheFolder.ts';
import { WorkerTrainer, type WorkerTrainerOptions } from '../../../src/execution/workerTrainer.ts';
import { sources } from '../../support/attemptStore.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** The bundles the tests start; `npm run build` makes them. */
export const DIST = join(ROOT, 'dist');

const TFJS_NODE = join(cacheFolder(), 'tfjs-node');

/** A signal that nobody aborts. */
export const NEVER = new AbortController().signal;

/**
 * The runtimes the trainer's tests run on here: wasm always, tfjs-node where the cache folder has
 * it. Says so loudly where not.
 */
export function availableRuntimes(): readonly ('wasm' | 'tfjs-node')[] {
  if (
    existsSync(
      join(
        TFJS_NODE,
        'node_modules',
        '@tensorflow',
        'tfjs-node',
        'lib',
        'napi-v8',
        'tfjs_binding.node',
      ),
    )
  )
    return ['wasm', 'tfjs-node'];
  console.log(
    '*** tfjs-node IS NOT SET UP (npm run tfjs-node): THESE TRAINER TESTS RUN ON WEBASSEMBLY ' +
      'ONLY ***',
  );
  return ['wasm'];
}

/** A trainer on the built bundles; wasm unless told otherwise. */
export function makeTrainer(changes: Partial<WorkerTrainerOptions> = {}): WorkerTrainer {
  if (!existsSync(join(DIST, 'worker.cjs')))
    throw new Error('dist/worker.cjs is missing: npm run build');
  return new WorkerTrainer({
    workerPath: join(DIST, 'worker.cjs'),
    assetFolder: DIST,
    nodePath: process.execPath,
    tfjsNodeFolders: () => [TFJS_NODE],
    runtime: 'wasm',
    workers: 1,
    builderNames: ['build_model', 'buildModel'],
    cortexVersion: '0.1.0',
    sources,
    ...changes,
  });
}

/** A study on a folder; its config starts from small, quick defaults. */
export function studyOn(folder: string, config: object = {}, modelName = 'model.ts'): Study {
  return {
    name: 'test',
    modelPath: join(folder, modelName),
    folder,
    logPath: null,
    config: studyConfigSchema.parse({ epochs: 3, ...config }),
  };
}

/** A study on one of `test/projects`. */
export const projectStudy = (name: string, config: object = {}): Study =>
  studyOn(join(ROOT, 'test', 'projects', name), config);

/** A study on one of the examples users start from, with its own config. */
export const exampleFolder = (name: string): string => join(ROOT, 'examples', name);

/** Writes files into a new folder outside any package; `remove` takes it away. */
export async function makeFolder(
  files: Readonly<Record<string, string>>,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'cortex-trainer-'));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The text that stands in for the study's model file. */
export const variantOf = (study: Study, text: string): Variant => ({ path: study.modelPath, text });

/** The four-feature, three-class data of `test/projects/blobs`, as JavaScript that stands alone. */
export const BLOBS_JS = `
exports.loadData = () => {
  let state = 7;
  const random = () => (state = (state * 16807) % 2147483647) / 2147483647;
  const rows = Array.from({ length: 150 }, (_, row) => row);
  const targets = rows.map((row) => row % 3);
  return { targets, inputs: rows.map((row) => [0, 1, 2, 3].map((column) => (column % 3 === row % 3 ? 1 : 0) + random() - 0.5)) };
};`;

/** A builder in TypeScript; `parts` replaces its pieces. */
export function builderText(
  parts: { layers?: string; compile?: string; before?: string; inside?: string } = {},
): string {
  const {
    before = '',
    inside = '',
    layers = `tf.layers.dense({ units: 8, activation: 'relu', inputShape }), tf.layers.dense({ units: ` +
      `outputUnits, activation: 'softmax' })`,
    compile = `model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });`,
  } = parts;
  return `import * as tf from '@tensorflow/tfjs';
${before}
export function buildModel({ inputShape, outputUnits }: { inputShape: number[]; outputUnits: number }): tf.LayersModel {
  ${inside}
  const model = tf.sequential({ layers: [${layers}] });
  ${compile}
  return model;
}
`;
}
