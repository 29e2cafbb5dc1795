import { syncBuiltinESMExports } from 'node:module';
import type { LayersModel, Tf } from '../tf.ts';
import { VariantFault } from '../variantFault.ts';
import { classesOf, heldOfRuntime } from './heldOfRuntime.ts';
import { heldOfLanguage } from './heldOfLanguage.ts';
import { type Held } from './reachable.ts';
import { openKernelGuard, type KernelGuard } from './kernelGuard.ts';
import { withoutData } from './readGuard.ts';

// A variant may replace these as well, to blind the guard: it looks with those of before, and by
// plain loops.
const { getOwnPropertyDescriptor, defineProperty } = Object;
const { ownKeys, deleteProperty } = Reflect;

/** The state of this process before its first variant; later ones may have left timers behind. */
interface Pristine {
  readonly language: readonly Held[];
  readonly runtime: readonly Held[];
  readonly kernels: KernelGuard;
  /**
   * Keys of the prototypes to which nothing may be added, and of what is emptied for the next
   * variant.
   */
  readonly prototypes: readonly Keys[];
  readonly shared: readonly Keys[];
  readonly flags: Readonly<ReturnType<ReturnType<Tf['env']>['getFlags']>>;
}

interface Keys {
  readonly name: string;
  readonly owner: object;
  /** What counts as added: an object of the runtime keeps its own books beside its functions. */
  readonly counts: 'all' | 'functions';
  /** Without a prototype. */
  readonly known: Readonly<Record<PropertyKey, true>>;
}

const pristine = new WeakMap<Tf, Pristine>();

/**
 * Runs code of a variant; what it replaced in the runtime is put back and refused, even where it
 * throws: a variant that changes what measures it could give itself any score it likes. The files
 * of the data are closed to it, unless they are streamed while it trains.
 * `check` does the same for the language alone in between: before anything is measured.
 */
export async function guarded<T>(
  tf: Tf,
  run: (check: () => void) => Promise<T>,
  data: 'closed' | 'streamed' = 'closed',
): Promise<T> {
  const { language, runtime, kernels, prototypes } = pristineOf(tf);
  const seeded = SEEDED.map((name) => renewed(name, [...language, ...runtime]));
  const restoreLanguage = (): string | null => restore(language, seeded) ?? takeAway(prototypes);
  const work = (): Promise<T> => run(() => refuseReplaced(restoreLanguage()));
  try {
    return await (data === 'closed' ? withoutData(work) : work());
  } finally {
    const replaced = restoreLanguage();
    syncBuiltinESMExports();
    const bent = restore(runtime, seeded);
    const exchanged = kernels.restore();
    refuseReplaced(replaced ?? bent ?? exchanged);
  }
}

/**
 * Takes away what earlier variants left where the next one would find it: rows remembered from one
 * fold are the answers to another.
 */
export function forgetVariants(tf: Tf): void {
  const { shared, flags } = pristineOf(tf);
  takeAway(shared);
  for (const [name, value] of Object.entries(flags))
    if (tf.env().getFlags()[name] !== value) tf.env().set(name, value);
}

/**
 * Refuses a model whose training or answering is its own instead of the runtime's: the score would
 * be its word, not a measurement.
 */
export function requireRuntimeMethods(tf: Tf, model: LayersModel): void {
  const prototype: unknown = Object.getPrototypeOf(model);
  if (prototype !== tf.LayersModel.prototype && prototype !== tf.Sequential.prototype) {
    throw new VariantFault(
      'refused',
      'The builder returned a model of a class of its own; build it with tf.sequential(…) or ' +
        'tf.model(…).',
    );
  }
  const own = Reflect.ownKeys(model).find(
    (key) => typeof (prototype as Record<PropertyKey, unknown>)[key] === 'function',
  );
  if (own !== undefined)
    throw new VariantFault(
      'refused',
      `The model brings its own ${String(own)}; training and measuring belong to the trainer.`,
    );
  const inner = (model as { model?: unknown }).model;
  if (inner instanceof tf.LayersModel && inner !== model) requireRuntimeMethods(tf, inner);
}

function pristineOf(tf: Tf): Pristine {
  const known = pristine.get(tf);
  if (known) return known;
  const typedArray = Object.getPrototypeOf(Float32Array.prototype) as object;
  const language = heldOfLanguage();
  const first: Pristine = {
    language,
    runtime: heldOfRuntime(tf),
    kernels: openKernelGuard(tf),
    prototypes: [
      keysOf('Object.prototype', Object.prototype),
      keysOf('Array', Array.prototype),
      keysOf('TypedArray', typedArray),
      keysOf('engine', tf.engine(), 'functions'),
      keysOf('backend', tf.backend(), 'functions'),
      keysOf('environment', tf.env(), 'functions'),
    ],
    shared: [globalThis, tf, classesOf(tf), ...new Set(language.map(({ owner }) => owner))].map(
      (owner) => keysOf('', owner),
    ),
    flags: { ...tf.env().getFlags() },
  };
  pristine.set(tf, first);
  return first;
}

function keysOf(name: string, owner: object, counts: Keys['counts'] = 'all'): Keys {
  const known = Object.create(null) as Record<PropertyKey, true>;
  for (const key of ownKeys(owner)) known[key] = true;
  return { name, owner, counts, known };
}

/**
 * Replaced by the trainer itself, for each seed: held against what they were when the guard was
 * opened.
 */
const SEEDED: readonly string[] = ['Math.random', 'Dataset.shuffle'];

function renewed(name: string, held: readonly Held[]): Held {
  const first = held.find((each) => each.name === name);
  const descriptor = first && getOwnPropertyDescriptor(first.owner, first.key);
  if (!descriptor) throw new Error(`The runtime has no ${name}.`);
  return { ...first, descriptor };
}

/** Puts back what was replaced, and gives the name of the first; `null` where nothing was. */
function restore(held: readonly Held[], seeded: readonly Held[]): string | null {
  let replaced: string | null = null;
  for (let index = 0; index < held.length; index += 1) {
    const { owner, key, name, descriptor } = current(held[index] as Held, seeded);
    if (isSame(getOwnPropertyDescriptor(owner, key), descriptor)) continue;
    if (descriptor.configurable === true || descriptor.writable === true)
      defineProperty(owner, key, descriptor);
    replaced ??= name;
  }
  return replaced;
}

function current(held: Held, seeded: readonly Held[]): Held {
  for (let index = 0; index < seeded.length; index += 1)
    if (seeded[index]?.name === held.name) return seeded[index] as Held;
  return held;
}

/** Takes away what was added, and names it. */
function takeAway(all: readonly Keys[]): string | null {
  let added: string | null = null;
  for (let index = 0; index < all.length; index += 1) {
    const key = takeAwayFrom(all[index] as Keys);
    if (key !== null) added ??= `${(all[index] as Keys).name}.${key}`;
  }
  return added;
}

function takeAwayFrom({ owner, known, counts }: Keys): string | null {
  const keys = ownKeys(owner);
  let added: string | null = null;
  for (let index = 0; index < keys.length; index += 1) {
    const key = keys[index] as PropertyKey;
    if (
      known[key] ||
      (counts === 'functions' && typeof getOwnPropertyDescriptor(owner, key)?.value !== 'function')
    )
      continue;
    deleteProperty(owner, key);
    added ??= String(key);
  }
  return added;
}

const isSame = (now: PropertyDescriptor | undefined, before: PropertyDescriptor): boolean =>
  now !== undefined &&
  now.value === before.value &&
  now.get === before.get &&
  now.set === before.set;

function refuseReplaced(what: string | null): void {
  if (what !== null)
    throw new VariantFault(
      'refused',
      `The model file replaced ${what}; a variant may not change what measures it.`,
    );
}
