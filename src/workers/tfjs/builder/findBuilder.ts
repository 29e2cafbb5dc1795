import { RUNNABLE_BUILDER } from '../../../model/modelFile.ts';
import { VariantFault } from '../variantFault.ts';

/** What a builder is told. */
interface BuilderArguments {
  /** Without the batch dimension. */
  readonly inputShape?: readonly number[];
  readonly outputUnits?: number;
  /** Only where there are several inputs, or outputs: of each, by name or in order. */
  readonly inputShapes?: unknown;
  readonly outputs?: unknown;
  /** The runtime, for builders that are given it. */
  readonly tf: object;
}

/** The user's builder, ready to be called; may return a promise. */
type Builder = (args: BuilderArguments) => unknown;

type Names = readonly string[];

/**
 * The first builder among a module's exports: a function or arrow function of one of `names`,
 * exported by name, as (or on) the default export, or a static or instance method of an exported
 * class or object. Throws a `builder` fault when there is none.
 */
export function findBuilder(exports: Readonly<Record<string, unknown>>, names: Names): Builder {
  const runnable = exports[RUNNABLE_BUILDER];
  if (typeof runnable === 'function') return runnable as Builder;
  const values = [exports, exports['default'], ...Object.values(exports)];
  for (const value of values) {
    const found = builderOn(value, names);
    if (found) return found;
  }
  throw new VariantFault('builder', noBuilder(exports, names));
}

function builderOn(value: unknown, names: Names): Builder | null {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return null;
  return (
    methodOf(value, names) ??
    (typeof value === 'function'
      ? (functionItself(value, names) ?? instanceMethod(value, names))
      : null)
  );
}

function methodOf(owner: object, names: Names): Builder | null {
  for (const name of names) {
    const method = (owner as Record<string, unknown>)[name];
    if (typeof method === 'function') return (args) => (method as Builder).call(owner, args);
  }
  return null;
}

const functionItself = (value: object, names: Names): Builder | null =>
  names.includes((value as { name?: string }).name ?? '') ? (value as Builder) : null;

function instanceMethod(value: object, names: Names): Builder | null {
  const { prototype } = value as { prototype?: Record<string, unknown> };
  const name = names.find((each) => typeof prototype?.[each] === 'function');
  if (name === undefined) return null;
  return async (args) => {
    const instance = new (value as new () => Record<string, Builder>)();
    // A method that gives nothing leaves the model on its object.
    return (await instance[name]?.(args)) ?? instance;
  };
}

function noBuilder(exports: Readonly<Record<string, unknown>>, names: Names): string {
  const there = Object.keys(exports).filter(
    (name) => name !== 'default' && name !== 'module.exports',
  );
  const seen = there.length > 0 ? `It exports ${there.join(', ')}.` : 'It exports nothing.';
  const wanted = `Export a function named ${names.join(' or ')}.`;
  return `The model file exports no builder. ${seen} ${wanted}`;
}
