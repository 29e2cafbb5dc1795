import { builderText } from '../integration/trainer/harness.ts';
import { CHEATS } from '../integration/judge/cheatTexts.ts';
import { layered, REFUSED } from '../integration/judge/deepCheatTexts.ts';
import type { Hostile } from './hostile.ts';

const inside = (text: string): string => builderText({ inside: text });
const PROCESS = '(globalThis as any).process';
const FS = `${PROCESS}.getBuiltinModule('fs')`;

/** Tries to be measured as better than it is. */
const forge: readonly Hostile[] = [...CHEATS, ...REFUSED].flatMap(([title, text, , study]) =>
  study === undefined ? [{ group: 'forge', title, text }] : [],
);

/** Where rows and their answers could be kept from one training to the next. */
const PLACES: Readonly<Record<string, string>> = {
  'the global object': '(globalThis as any)',
  'the console': '(console as any)',
  'the versions of the runtime': '(tf.version as any)',
  'the flags of the runtime': '(tf.ENV as any)',
  'a class of layers': '(tf.layers.Layer as any)',
  'a global symbol': `(Symbol.prototype as any)`,
  'the process': `(${PROCESS} as any)`,
};

/** Learns rows by heart while it trains, and answers from there. */
const byHeart = (place: string): string => `import * as tf from '@tensorflow/tfjs';
const kept: Map<string, number[]> = (${place}.kept ??= new Map());
let rows: string[] = [];
class Memory extends tf.layers.Layer {
  static className = 'Memory';
  override call(inputs: any): any {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    rows = (x.arraySync() as number[][]).map((row) => row.map((each) => each.toFixed(4)).join());
    const known = rows.map((row) => kept.get(row) ?? [0, 0, 0]);
    (globalThis as any).answers = tf.tensor2d(known);
    return x;
  }
}
class Answer extends tf.layers.Layer {
  static className = 'Answer';
  override call(inputs: any): any {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    return tf.softmax(tf.add(tf.log(tf.add(x, 1e-6)), tf.mul((globalThis as any).answers, 20)));
  }
}
export function buildModel(inputShape: number[], outputUnits: number): tf.LayersModel {
  const model = tf.sequential();
  model.add(new Memory({ inputShape } as any));
  model.add(tf.layers.dense({ units: outputUnits, activation: 'softmax' }));
  model.add(new Answer({} as any));
  const loss = (yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor => {
    (yTrue.arraySync() as number[][]).forEach((answer, at) => kept.set(rows[at] ?? '', answer));
    return tf.metrics.categoricalCrossentropy(yTrue, yPred);
  };
  model.compile({ optimizer: tf.train.adam(0.01), loss });
  return model;
}
`;

const memorise: readonly Hostile[] = Object.entries(PLACES).map(([title, place]) => ({
  group: 'memorise',
  title: `rows by heart, in ${title}`,
  text: byHeart(place),
}));

/** Uses up what the machine has. */
const resource: readonly Hostile[] = (
  [
    ['a loop without end', inside('for (;;);')],
    ['a loop without end while it trains', layered('for (;;);')],
    [
      'a loop of promises',
      inside('const again = (): any => Promise.resolve().then(again); again();'),
    ],
    [
      'memory in lists',
      inside('const all: any[] = []; for (;;) all.push(new Array(1e5).fill(1.5));'),
    ],
    [
      'memory in buffers',
      inside('const all: any[] = []; for (;;) all.push(Buffer.alloc(1e7, 1));'),
    ],
    [
      'memory in tensors',
      inside('const all: any[] = []; for (;;) all.push(tf.ones([1000, 1000]));'),
    ],
    ['a text that doubles', inside(`let text = 'x'; for (;;) text = text + text;`)],
    ['recursion', inside('const deeper = (): any => [deeper()]; deeper();')],
    ['a million timers', inside('for (let i = 0; i < 1e6; i += 1) setInterval(() => 0, 1);')],
    ['words without end', inside(`for (;;) ${PROCESS}.stdout.write('x'.repeat(1e6));`)],
    ['complaints without end', inside(`for (;;) ${FS}.writeSync(2, 'x'.repeat(1e5));`)],
    ['reports without a line end', inside(`for (;;) ${FS}.writeSync(3, 'x'.repeat(1e5));`)],
    ['a pattern that never ends', inside(`/^(a+)+$/.test('a'.repeat(60) + 'b');`)],
    ['an error of fifty megabytes', inside(`throw new Error('x'.repeat(5e7));`)],
    [
      'an error of errors',
      inside(
        'let e: any = 1; for (let i = 0; i < 1e5; i += 1) e = new Error("e", { cause: e }); throw e;',
      ),
    ],
    [
      'a model of twenty thousand layers',
      builderText({
        layers:
          '...Array.from({ length: 20000 }, () => tf.layers.dense({ units: 3, inputShape: [4] }))',
      }),
    ],
    [
      'a layer that has no room',
      builderText({ layers: 'tf.layers.dense({ units: 1e9, inputShape })' }),
    ],
    ['an end without a word', inside(`${PROCESS}.exit(0);`)],
    ['a crash', inside(`${PROCESS}.abort();`)],
  ] as const
).map(([title, text]) => ({ group: 'resource', title, text }));

/** Spoils the process for whoever is next. */
const poison: readonly Hostile[] = (
  [
    ['no listeners', `${PROCESS}.removeAllListeners(); ${PROCESS}.stdin.removeAllListeners();`],
    [
      'closed descriptors',
      `for (let fd = 0; fd < 64; fd += 1) try { ${FS}.closeSync(fd); } catch {}`,
    ],
    [
      'an exit that does nothing',
      `${PROCESS}.exit = () => undefined; ${PROCESS}.reallyExit = () => undefined;`,
    ],
    ['a folder nobody is in', `${PROCESS}.chdir = () => undefined; ${PROCESS}.cwd = () => '/';`],
    ['texts that say nothing', `JSON.stringify = () => '{}'; JSON.parse = () => ({});`],
    [
      'lists that lose',
      `Array.prototype.push = () => 0; Array.prototype.map = function () { return this; };`,
    ],
    ['maps that forget', `Map.prototype.get = () => undefined; Set.prototype.has = () => true;`],
    ['promises that never come', `Promise.prototype.then = () => new Promise(() => 0);`],
    [
      'time that stands',
      `(globalThis as any).setTimeout = () => 0; Date.now = () => 0; performance.now = () => 0;`,
    ],
    ['chance that is none', `Math.random = () => 0.5;`],
    [
      'tensors that are none',
      `(tf as any).tensor = () => null; tf.Tensor.prototype.dataSync = () => new Float32Array(9) as any;`,
    ],
    [
      'events that nobody hears',
      `${PROCESS}.getBuiltinModule('events').prototype.emit = () => false;`,
    ],
    [
      'objects that all have it',
      `Object.defineProperty(Object.prototype, 'type', { get: () => 'drawn', set: () => 0, configurable: true });`,
    ],
    ['a runtime taken down', `tf.engine().reset(); (tf as any).removeBackend(tf.getBackend());`],
  ] as const
).map(([title, text]) => ({ group: 'poison', title, text: inside(text) }));

/** Variants whose harm shows when they train, or after. */
export const TRAINED_JAVASCRIPT: readonly Hostile[] = [
  ...forge,
  ...memorise,
  ...resource,
  ...poison,
];
