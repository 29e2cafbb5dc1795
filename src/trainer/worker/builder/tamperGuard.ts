import type { LayersModel, Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';
import { openKernelGuard } from './kernelGuard.ts';
import { withoutData } from './readGuard.ts';

/** Remembers what the evaluator stands on; `check` puts back what was replaced, and throws a `refused` fault that names it. */
interface TamperGuard {
  check(): void;
}

interface Kept {
  readonly owner: object;
  readonly name: string;
  readonly key: PropertyKey;
  readonly descriptor: PropertyDescriptor;
}

/**
 * Runs code of a variant; what it replaced in the runtime is put back and refused, even where it throws: a variant that changes what
 * measures it could give itself any score it likes. The files of the data are closed to it, unless they are streamed while it trains.
 * `check` does the same in between: before anything is measured.
 */
export async function guarded<T>(tf: Tf, run: (check: () => void) => Promise<T>, data: 'closed' | 'streamed' = 'closed'): Promise<T> {
  const guard = openTamperGuard(tf);
  const kernels = openKernelGuard(tf);
  const work = (): Promise<T> => run(() => guard.check());
  try {
    return await (data === 'closed' ? withoutData(work) : work());
  } finally {
    guard.check();
    refuseReplaced(kernels.restore());
  }
}

function refuseReplaced(what: string | null): void {
  if (what !== null) throw new VariantFault('refused', `The model file replaced ${what}; a variant may not change what measures it.`);
}

/** As it was before the first variant of this process; later ones may have left timers behind. */
const pristine = new WeakMap<Tf, readonly Kept[]>();

/** Replaced by the trainer itself, for each seed: held against what they were when the guard was opened. */
const SEEDED: readonly string[] = ['Math.random', 'Dataset.shuffle'];

function openTamperGuard(tf: Tf): TamperGuard {
  const now = foundations(tf).flatMap(keep);
  const first = pristine.get(tf) ?? now;
  pristine.set(tf, first);
  const kept = [...first.filter(({ name }) => !SEEDED.includes(name)), ...now.filter(({ name }) => SEEDED.includes(name))];
  return {
    check() {
      const replaced = kept.filter(({ owner, key, descriptor }) => !isSame(Object.getOwnPropertyDescriptor(owner, key), descriptor));
      for (const { owner, key, descriptor } of replaced) if (descriptor.configurable || descriptor.writable) Object.defineProperty(owner, key, descriptor);
      const added = LANGUAGE.flatMap(([name, owner]) => takeAway(name, owner, kept));
      refuseReplaced(replaced[0]?.name ?? added[0] ?? null);
    },
  };
}

/** Prototypes to which nothing may be added either: every object has it then. */
const LANGUAGE: readonly (readonly [string, object])[] = [['Object.prototype', Object.prototype], ['Array', Array.prototype], ['TypedArray', Object.getPrototypeOf(Float32Array.prototype) as object]];

/** Takes away what was added to a prototype, and names it. */
function takeAway(name: string, owner: object, kept: readonly Kept[]): readonly string[] {
  const added = Reflect.ownKeys(owner).filter((key) => !kept.some((each) => each.owner === owner && each.key === key));
  for (const key of added) Reflect.deleteProperty(owner, key);
  return added.map((key) => `${name}.${String(key)}`);
}

/** Refuses a model whose training or answering is its own instead of the runtime's: the score would be its word, not a measurement. */
export function requireRuntimeMethods(tf: Tf, model: LayersModel): void {
  const prototype: unknown = Object.getPrototypeOf(model);
  if (prototype !== tf.LayersModel.prototype && prototype !== tf.Sequential.prototype) {
    throw new VariantFault('refused', 'The builder returned a model of a class of its own; build it with tf.sequential(…) or tf.model(…).');
  }
  const own = Reflect.ownKeys(model).find((key) => typeof (prototype as Record<PropertyKey, unknown>)[key] === 'function');
  if (own !== undefined) throw new VariantFault('refused', `The model brings its own ${String(own)}; training and measuring belong to the trainer.`);
  const inner = (model as { model?: unknown }).model;
  if (inner instanceof tf.LayersModel && inner !== model) requireRuntimeMethods(tf, inner);
}

const keep = ([name, owner]: readonly [string, object]): readonly Kept[] =>
  Reflect.ownKeys(owner).flatMap((key): Kept[] => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, key);
    return descriptor ? [{ owner, key, descriptor, name: `${name}.${String(key)}` }] : [];
  });

function foundations(tf: Tf): readonly (readonly [string, object])[] {
  const container: object = Object.getPrototypeOf(tf.LayersModel.prototype) as object;
  const typedArray: object = Object.getPrototypeOf(Float32Array.prototype) as object;
  return [
    ['LayersModel', tf.LayersModel.prototype], ['Sequential', tf.Sequential.prototype], ['Container', container],
    ['Layer', Object.getPrototypeOf(container) as object], ['Tensor', tf.Tensor.prototype], ['Dataset', tf.data.Dataset.prototype], ['tf', tf],
    ['Math', Math], ['Date', Date], ['performance', Object.getPrototypeOf(performance) as object], ['JSON', JSON], ['Number', Number], ['Object', Object],
    ['Array', Array.prototype], ['Float32Array', Float32Array.prototype], ['TypedArray', typedArray], ['Promise', Promise.prototype], ['Map', Map.prototype],
    ['Function', Function.prototype], ['Object.prototype', Object.prototype], ['Reflect', Reflect],
  ];
}

const isSame = (now: PropertyDescriptor | undefined, before: PropertyDescriptor): boolean =>
  now !== undefined && Object.is(now.value, before.value) && now.get === before.get && now.set === before.set;
