import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../../../src/model/architecture.ts';
import type { DataProfile } from '../../../src/record/dataProfile.ts';
import { TreeSitterSyntax } from '../../../src/adapters/syntax/treeSitterSyntax.ts';
import { imageData, regressionData } from './architectures.ts';

const MODULES = join(import.meta.dirname, '../../../node_modules');

/** Where npm has put a grammar or the parser itself. */
const wasmPath = (file: string): string => {
  const folder = /^tree-sitter-(typescript|tsx)/.test(file)
    ? 'tree-sitter-typescript'
    : file.replace(/\.wasm$/, '');
  return join(MODULES, file.startsWith('web-') ? 'web-tree-sitter' : folder, file);
};

/** The real reader and writer. */
export const syntax = new TreeSitterSyntax(wasmPath);

const typescript = (body: string): string => `import * as tf from '@tensorflow/tfjs';

export function buildModel({ inputShape, outputUnits }: { inputShape: number[]; outputUnits: number }): tf.LayersModel {
${body}
}
`;

/** A model file's text and the data it is for. */
export interface ExampleBuilder {
  readonly name: string;
  readonly text: string;
  readonly data: DataProfile;
  /** Keys of the study file. */
  readonly config?: Readonly<Record<string, unknown>>;
}

const twenty: DataProfile = { ...regressionData, outputUnits: 5 };

/** Builders in the forms people write them. */
export const BUILDERS: readonly ExampleBuilder[] = [
  {
    name: 'sequences of words',
    data: { ...regressionData, inputShape: [6], outputUnits: 2 },
    text: typescript(`  const model = tf.sequential();
  model.add(tf.layers.reLU({ inputShape }));
  model.add(tf.layers.embedding({ inputDim: 10, outputDim: 8 }));
  model.add(tf.layers.lstm({ units: 8, returnSequences: true }));
  model.add(tf.layers.gru({ units: 6 }));
  model.add(tf.layers.dense({ units: 8, activation: 'relu' }));
  model.add(tf.layers.dense({ units: outputUnits }));
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
  return model;`),
  },
  {
    name: 'functional model of sequences',
    data: { ...regressionData, inputShape: [6, 3], outputUnits: 2 },
    text: typescript(`  const input = tf.input({ shape: inputShape });
  let x = tf.layers.conv1d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  x = tf.layers.gru({ units: 8, returnSequences: true }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.flatten().apply(x) as tf.SymbolicTensor;
  x = tf.layers.dense({ units: 12, activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: outputUnits }).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  model.compile({ optimizer: tf.train.adam(0.01), loss: 'meanSquaredError' });
  return model;`),
  },
  {
    name: 'convolutions over steps',
    data: { ...regressionData, inputShape: [20, 2], outputUnits: 2 },
    text: typescript(`  const model = tf.sequential();
  model.add(tf.layers.inputLayer({ inputShape }));
  model.add(tf.layers.conv1d({ filters: 8, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.globalAveragePooling1d());
  model.add(tf.layers.dense({ units: outputUnits }));
  return model;`),
  },
  {
    name: 'sequential MLP by add',
    data: regressionData,
    text: typescript(`  const model = tf.sequential();
  model.add(tf.layers.dense({ units: 16, activation: 'sigmoid', inputShape }));
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: 16, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 8, activation: 'relu', kernelRegularizer: tf.regularizers.l2({ l2: 1e-3 }) }));
  model.add(tf.layers.dense({ units: outputUnits }));
  model.compile({ optimizer: tf.train.sgd(0.01), loss: 'meanSquaredError', metrics: ['mae'] });
  return model;`),
  },
  {
    name: 'sequential image model as a list',
    data: imageData,
    text: typescript(`  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape }),
      tf.layers.dense({ units: 24, activation: 'relu' }),
      tf.layers.dense({ units: outputUnits, activation: 'softmax' }),
    ],
  });
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;`),
  },
  {
    name: 'convolutions of uneven classes, on inputs of one scale',
    data: { ...imageData, classShares: [0.82, ...Array<number>(9).fill(0.02)] },
    config: { preprocessing: { standardizeInputs: true } },
    text: typescript(`  const model = tf.sequential();
  model.add(tf.layers.conv2d({ filters: 16, kernelSize: 3, activation: 'relu', inputShape }));
  model.add(tf.layers.conv2d({ filters: 8, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' });
  return model;`),
  },
  {
    name: 'convolutions',
    data: imageData,
    text: typescript(`  const model = tf.sequential();
  model.add(tf.layers.conv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu', inputShape }));
  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  model.add(tf.layers.conv2d({ filters: 32, kernelSize: 3, padding: 'same' }));
  model.add(tf.layers.batchNormalization());
  model.add(tf.layers.activation({ activation: 'relu' }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 16, activation: 'tanh' }));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.compile({ optimizer: tf.train.adam(0.003), loss: 'categoricalCrossentropy' });
  return model;`),
  },
  {
    name: 'functional MLP',
    data: twenty,
    text: typescript(`  const input = tf.input({ shape: inputShape });
  let x = tf.layers.dense({ units: 12, activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  x = tf.layers.dropout({ rate: 0.3 }).apply(x) as tf.SymbolicTensor;
  x = tf.layers.dense({ units: 12, activation: 'relu' }).apply(x) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: outputUnits }).apply(x) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  model.compile({ optimizer: tf.train.adam(), loss: 'meanSquaredError' });
  return model;`),
  },
  {
    name: 'functional image model, not compiled',
    data: imageData,
    text: typescript(`  const input = tf.input({ shape: inputShape });
  const first = tf.layers.conv2d({ filters: 6, kernelSize: 3, activation: 'relu' }).apply(input) as tf.SymbolicTensor;
  const pooled = tf.layers.averagePooling2d({ poolSize: 2 }).apply(first) as tf.SymbolicTensor;
  const flat = tf.layers.flatten().apply(pooled) as tf.SymbolicTensor;
  const hidden = tf.layers.dense({ units: 12, activation: 'elu' }).apply(flat) as tf.SymbolicTensor;
  const output = tf.layers.dense({ units: outputUnits, activation: 'softmax' }).apply(hidden) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });`),
  },
];

/** Reads a model file's text; throws what the reader refuses. */
export async function readBuilder(text: string): Promise<Architecture> {
  await syntax.load('typescript');
  const read = syntax.read(text, 'typescript');
  if (!read.ok) throw read.error;
  return read.value;
}

/** Runs a model file's own text. */
export function buildFrom(text: string, data: DataProfile): tf.LayersModel {
  const script = stripTypeScriptTypes(text)
    .replace(/^import .*$/m, '')
    .replace('export function', 'function');
  const build = new Function('tf', `${script}\nreturn buildModel;`)(tf) as (
    parameters: object,
  ) => tf.LayersModel;
  return build({ inputShape: [...data.inputShape], outputUnits: data.outputUnits });
}
