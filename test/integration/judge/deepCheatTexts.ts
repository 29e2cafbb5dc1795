import { builderText } from '../trainer/harness.ts';

export const inside = (text: string): string => builderText({ inside: text });
export const before = (text: string): string => builderText({ before: text });
const FS = `(globalThis as any).process.getBuiltinModule('fs')`;
/** Numbers that change after they were first looked at: the label's own comes out large. */
export const SHIFTING =
  '(values: any) => { const out: any[] = []; for (let i = 0; i < values.length; i += 1) { ' +
  'let looks = 0; out.push({ valueOf() { looks += 1; return looks === 2 ? 1e9 : 1 / 3; } }); ' +
  '} return out; }';
/** A last layer that does something to what passes through it. */
export const layered = (
  call: string,
  parts: { top?: string; last?: string; compile?: string } = {},
): string =>
  builderText({
    before: `${parts.top ?? ''}\nclass Sly extends tf.layers.Layer {
  static className = 'Sly';
  override call(inputs: any, kwargs: any): any { const x = Array.isArray(inputs) ? inputs[0] : inputs; ${call} return x; }
  override computeOutputShape(shape: any): any { return shape; }
}`,
    layers:
      `tf.layers.dense({ units: 8, activation: 'relu', inputShape }), ` +
      `${parts.last ?? `tf.layers.dense({ units: outputUnits, activation: 'softmax' })`}, new ` +
      'Sly({})',
    ...(parts.compile && { compile: parts.compile }),
  });
const LEARNS_TARGETS = layered(
  'const seen = (globalThis as any).seen; if (seen.length === x.shape[0]) return ' +
    'tf.tensor(seen, [x.shape[0], 1]); seen.length = 0;',
  {
    top: `(globalThis as any).seen = [];
export const iterator = Object.getPrototypeOf([][Symbol.iterator]()), next = iterator.next;
iterator.next = function (this: any) { const step = next.call(this); if (typeof step.value === 'number') (globalThis as any).seen.push(step.value); return step; };`,
    last: 'tf.layers.dense({ units: outputUnits })',
    compile: `model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });`,
  },
);

/** A study of the test, by name. */
type StudyName = 'numbers' | 'module' | 'plain' | 'older';

export const REFUSED: readonly (readonly [string, string, RegExp | 'gains nothing', StudyName?])[] =
  [
    [
      'how the trainer writes its reports',
      inside(
        `const fs = ${FS}, write = fs.writeSync; fs.writeSync = (fd: any, bytes: any, from: ` +
          'any) => write(fd, bytes, from);',
      ),
      'gains nothing',
    ],
    [
      'a report in the trainer’s place',
      inside(
        `for (let id = 0; id < 99; id += 1) ${FS}.writeSync(3, JSON.stringify({ type: 'trial', ` +
          `id: String(id), trial: { outcome: 'completed', seed: 1, measures: { val_loss: 0.0001 }, curves: {}, ` +
          `epochs: 3, seconds: { fit: 1, total: 1 } } }) + '\\n');`,
      ),
      /wrote where the trainer reports/,
    ],
    [
      'how typed arrays are made',
      inside(`Object.getPrototypeOf(Float32Array).from = ${SHIFTING};`),
      'gains nothing',
    ],
    [
      'what a global name means',
      inside(`const own = Float32Array; (globalThis as any).Float32Array = new Proxy(own, {});`),
      'gains nothing',
    ],
    ['how lists are iterated, to learn the targets', LEARNS_TARGETS, 'gains nothing', 'numbers'],
    [
      'the guard’s own eyes',
      inside(
        `const own = Object.getOwnPropertyDescriptor, log = own(Math, 'log')!; ` +
          'Object.getOwnPropertyDescriptor = (owner: any, key: any) => (owner === Math && key ' +
          `=== 'log' ? log : own(owner, key)); Math.log = () => 0;`,
      ),
      'gains nothing',
    ],
    [
      'the loops of the guard',
      inside(`Array.prototype.filter = (() => []) as any; Math.log = () => 0;`),
      'gains nothing',
    ],
    [
      'how objects are written down',
      inside(
        `Object.defineProperty(Object.prototype, 'toJSON', { value: () => 0, configurable: true });`,
      ),
      'gains nothing',
    ],
    [
      'a class of layers, to spoil what is trained next',
      inside(
        'const dense = Object.getPrototypeOf(tf.layers.dense({ units: 1 })), call = ' +
          'dense.call; dense.call = function (this: any, x: any, more: any) { return ' +
          'tf.mul(call.call(this, x, more), 0.5); };',
      ),
      'gains nothing',
    ],
    [
      'a maker of optimisers',
      inside('(tf.train as any).adam = () => tf.train.sgd(0);'),
      'gains nothing',
    ],
    [
      'an optimiser’s steps',
      inside('Object.getPrototypeOf(tf.train.adam(1)).applyGradients = () => undefined;'),
      'gains nothing',
    ],
    [
      'the engine',
      inside(
        'const engine = tf.engine() as any, run = engine.runKernel; engine.runKernel = ' +
          '(...args: any[]) => run.apply(engine, args);',
      ),
      'gains nothing',
    ],
    [
      'the backend',
      inside(
        'const backend = tf.backend() as any, read = backend.read; backend.read = (...args: ' +
          'any[]) => read.apply(backend, args);',
      ),
      'gains nothing',
    ],
    [
      'a kernel’s record',
      inside(
        `const kernel = tf.getKernel('Relu', tf.getBackend()) as any, own = kernel.kernelFunc; ` +
          'kernel.kernelFunc = (args: any) => own(args);',
      ),
      'gains nothing',
    ],
    [
      'a gradient’s record',
      inside(
        `const gradient = tf.getGradient('Relu') as any, own = gradient.gradFunc; ` +
          'gradient.gradFunc = (...args: any[]) => own(...args);',
      ),
      'gains nothing',
    ],
    [
      'its own predict, while it trains',
      layered(`(globalThis as any).model.predict = () => tf.ones([30, 3]);`, {
        compile:
          `model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy' }); (globalThis as ` +
          'any).model = model;',
      }),
      'gains nothing',
    ],
    [
      'a timer that patches later',
      inside(
        'setInterval(() => { (tf.Tensor.prototype as any).dataSync = () => new ' +
          'Float32Array(90); }, 1);',
      ),
      'gains nothing',
    ],
    [
      'the data, with code made from text',
      inside(`new Function('return process')().getBuiltinModule('fs').readFileSync('table.csv');`),
      /opened table\.csv/,
    ],
    [
      'the data, with Node’s inner bindings',
      inside(`(globalThis as any).process.binding('fs');`),
      /may not do/,
    ],
    [
      'the data, named in bytes',
      inside(
        `${FS}.readFileSync(new TextEncoder().encode((globalThis as any).process.cwd() + ` +
          `'/table.csv'));`,
      ),
      /opened table\.csv/,
    ],
    [
      'the data, named by what looks like a URL',
      inside(
        `const pathname = (globalThis as any).process.cwd() + '/table.csv'; ` +
          `${FS}.readFileSync({ href: 'file://' + pathname, protocol: 'file:', pathname, ` +
          `hostname: '' });`,
      ),
      /opened table\.csv/,
    ],
    ['the memory of the process', inside(`${FS}.openSync('/proc/self/mem', 'r');`), /opened mem/],
    [
      'a picture of the memory',
      before(`import v8 from 'node:v8';\nv8.getHeapSnapshot();`),
      /asked for the memory/,
    ],
    [
      'a debugger on itself',
      before(`import inspector from 'node:inspector';\nnew inspector.Session().connect();`),
      /may not do/,
    ],
    [
      'loadData of a TypeScript module',
      before(`import { loadData } from './data.ts';\nloadData();`),
      /called loadData/,
      'module',
    ],
    [
      'loadData, and the refusal swallowed',
      before(`import { loadData } from './data.ts';\ntry { loadData(); } catch {}`),
      /called loadData/,
      'module',
    ],
    [
      'loadData, imported late',
      before(`const own: any = await import('./data.mjs');\nown.default.loadData();`),
      /called loadData/,
      'plain',
    ],
    [
      'loadData, required',
      before(
        'import { createRequire } from ' +
          `'node:module';\ncreateRequire(import.meta.url)('./data.cjs').loadData();`,
      ),
      /called loadData/,
      'older',
    ],
  ];
