import { builderText } from '../trainer/harness.ts';

const before = (inside: string): string => builderText({ inside });
const afterwards = (compile: string): string =>
  builderText({
    compile:
      `model.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });\n  ` +
      `${compile}`,
  });

export const CHEATS: readonly (readonly [string, string, RegExp | 'gains nothing'])[] = [
  [
    'its own predict',
    afterwards('(model as any).predict = () => tf.ones([30, 3]);'),
    'gains nothing',
  ],
  [
    'its own fit',
    afterwards('(model as any).fit = async () => ({ history: { loss: [0] } });'),
    'gains nothing',
  ],
  [
    'its own evaluate',
    afterwards('(model as any).evaluate = () => tf.scalar(0);'),
    'gains nothing',
  ],
  ['its own compile', afterwards('(model as any).compile = () => undefined;'), 'gains nothing'],
  [
    'a hidden property',
    afterwards(
      `Object.defineProperty(model, 'predict', { value: () => tf.ones([30, 3]), enumerable: ` +
        'false });',
    ),
    'gains nothing',
  ],
  [
    'a model inside the model',
    afterwards('(model as any).build(); (model as any).model.predict = () => tf.ones([30, 3]);'),
    'gains nothing',
  ],
  [
    'a class of its own',
    builderText({
      before:
        'class Oracle extends tf.Sequential { override predict(): any { return tf.ones([30, ' +
        '3]); } }',
      compile: 'Object.setPrototypeOf(model, Oracle.prototype);',
    }),
    'gains nothing',
  ],
  [
    'the prototype of every model',
    before('(tf.LayersModel.prototype as any).predict = () => tf.ones([30, 3]);'),
    'gains nothing',
  ],
  [
    'the prototype of sequential models, while the file is loaded',
    builderText({ before: '(tf.Sequential.prototype as any).fit = async () => ({});' }),
    'gains nothing',
  ],
  [
    'what tensors give out',
    before('(tf.Tensor.prototype as any).data = async () => new Float32Array(90);'),
    'gains nothing',
  ],
  ['the random source', before('Math.random = () => 0.5;'), 'gains nothing'],
  ['the logarithm the loss is made with', before('Math.log = () => 0;'), 'gains nothing'],
  ['the clock', before('Date.now = () => 0;'), 'gains nothing'],
  [
    'the arrays of the evaluator',
    before('(Array.prototype as any).indexOf = () => 0;'),
    'gains nothing',
  ],
  [
    'the exports of the runtime',
    before('((tf as any).default ?? tf).moments = () => ({});'),
    'gains nothing',
  ],
  [
    'something replaced only while it trains',
    builderText({
      before: `class Late extends tf.layers.Layer {
  static className = 'Late';
  override call(inputs: any): any { (tf.Tensor.prototype as any).data = async () => new Float32Array(90); return Array.isArray(inputs) ? inputs[0] : inputs; }
  override computeOutputShape(shape: any): any { return shape; }
}`,
      layers:
        'tf.layers.dense({ units: 8, inputShape }), new Late({}), tf.layers.dense({ units: ' +
        `outputUnits, activation: 'softmax' })`,
    }),
    'gains nothing',
  ],
  [
    'the data, read in the builder',
    builderText({
      before: `import { readFileSync } from 'node:fs';`,
      inside: `const rows = readFileSync('table.csv', 'utf8').split('\\n');`,
    }),
    /opened table\.csv/,
  ],
  [
    'the data, by another name of the file',
    builderText({
      before: `import fs from 'node:fs';`,
      inside: `fs.openSync('../' + process.cwd().split('/').at(-1) + '/table.csv', 'r');`,
    }),
    /opened table\.csv/,
  ],
  [
    'the data, read while the file is loaded, and the refusal swallowed',
    builderText({
      before:
        `import { readFile } from 'node:fs/promises';\nconst rows = await ` +
        `readFile('table.csv', 'utf8').catch(() => '');`,
      inside: '',
    }),
    /opened table\.csv/,
  ],
  [
    'the data, through the runtime',
    builderText({
      before:
        `const rows = tf.data.csv('file://table.csv');\nconst first = await ` +
        'rows.take(1).toArray().catch(() => []);',
    }),
    /opened table\.csv/,
  ],
  [
    'the data, with require',
    builderText({
      before:
        `import { createRequire } from 'node:module';\nlet text = '';\ntry { ` +
        `createRequire(import.meta.url)('./table.csv'); } catch (error) { text = ` +
        'String(error); }',
    }),
    /opened table\.csv/,
  ],
  [
    'the data, read by a layer while it trains',
    builderText({
      before: `import fs from 'node:fs';\nclass Peeking extends tf.layers.Layer {
  static className = 'Peeking';
  override call(inputs: any): any { try { fs.readFileSync('table.csv'); } catch {} return Array.isArray(inputs) ? inputs[0] : inputs; }
  override computeOutputShape(shape: any): any { return shape; }
}`,
      layers:
        'tf.layers.dense({ units: 8, inputShape }), new Peeking({}), tf.layers.dense({ units: ' +
        `outputUnits, activation: 'softmax' })`,
    }),
    /opened table\.csv/,
  ],
  [
    'a logarithm that puts itself back when it has been used',
    builderText({
      before: `const log = Math.log;
class Fleeting extends tf.layers.Layer {
  static className = 'Fleeting';
  override call(inputs: any): any { let left = 30; Math.log = (value: number) => { left -= 1; if (left === 0) Math.log = log; return 0; }; return Array.isArray(inputs) ? inputs[0] : inputs; }
  override computeOutputShape(shape: any): any { return shape; }
}`,
      layers:
        'tf.layers.dense({ units: 8, inputShape }), new Fleeting({}), tf.layers.dense({ units: ' +
        `outputUnits, activation: 'softmax' })`,
    }),
    'gains nothing',
  ],
  [
    'a getter on every object',
    before(
      `Object.defineProperty(Object.prototype, 'val_loss', { get: () => 0, configurable: true });`,
    ),
    'gains nothing',
  ],
  [
    'how functions are called',
    before('(Function.prototype as any).call = () => 0;'),
    'gains nothing',
  ],
  [
    'a kernel, to spoil what is trained next',
    before(
      `const old = tf.getKernel('Relu', tf.getBackend());\n  tf.unregisterKernel('Relu', ` +
        `tf.getBackend());\n  tf.registerKernel({ ...old, kernelFunc: (args: any) => (old as ` +
        'any).kernelFunc(args) });',
    ),
    'gains nothing',
  ],
  [
    'a gradient',
    before(
      `const old = tf.getGradient('Relu');\n  tf.unregisterGradient('Relu');\n  ` +
        'tf.registerGradient({ ...old, gradFunc: (dy: any, saved: any, attrs: any) => ' +
        'old.gradFunc(dy, saved, attrs) });',
    ),
    'gains nothing',
  ],
  [
    'another backend',
    before(`await tf.setBackend('cpu');`)
      .replace('export function', 'export async function')
      .replace('): tf.LayersModel', '): Promise<tf.LayersModel>'),
    'gains nothing',
  ],
  [
    'a process of its own',
    builderText({
      before: `import { execSync } from 'node:child_process';`,
      inside: `execSync('cat table.csv');`,
    }),
    /may not do/,
  ],
  [
    'a thread of its own',
    builderText({
      before: `import { Worker } from 'node:worker_threads';`,
      inside: `new Worker('1', { eval: true });`,
    }),
    /may not do/,
  ],
  [
    'a file of its own',
    builderText({
      before: `import { writeFileSync } from 'node:fs';`,
      inside: `writeFileSync('notes.txt', '1');`,
    }),
    /may not do/,
  ],
];
