import { defaultsOf, windowRank } from './layerDefaults.ts';
import type { Language } from './modelFile.ts';
import type { NamedValue, Value } from './values.ts';

/**
 * Arguments of a layer without defaults, seeds and names, sorted; windows as lists, initialisers as
 * plain names.
 */
export function canonicalArguments(
  type: string,
  args: readonly NamedValue[],
  language: Language,
): readonly NamedValue[] {
  const defaults = defaultsOf(type, language);
  const rank = windowRank(type);
  const canonical = args.map(({ name, value }) => ({
    name,
    value: spread(name, canonicalValue(value, language), rank),
  }));
  const poolSize = canonical.find(({ name }) => name === 'poolSize')?.value ?? defaults['poolSize'];
  const isDefault = ({ name, value }: NamedValue): boolean => {
    const usual =
      name === 'strides' && poolSize
        ? poolSize
        : (defaults[name] ?? (name === 'trainable' ? TRUE : undefined));
    return usual !== undefined && valueText(usual) === valueText(value);
  };
  return canonical.filter((argument) => !isDefault(argument)).toSorted(byName);
}

/** The value without seeds, with initialisers and empty calls as plain names. */
export function canonicalValue(value: Value, language: Language = 'typescript'): Value {
  if (value.kind === 'list')
    return { kind: 'list', items: value.items.map((item) => canonicalValue(item, language)) };
  if (value.kind === 'source') return { kind: 'source', text: value.text.replaceAll(/\s+/g, ' ') };
  if (value.kind !== 'call') return value;
  return canonicalCall(value, language);
}

/** `dense(units: 64)`. */
export const canonicalText = (head: string, args: readonly NamedValue[]): string =>
  args.length === 0
    ? head
    : `${head}(${args.map(({ name, value }) => `${name}: ${valueText(value)}`).join(', ')})`;

/** One value as text; a string keeps its quotes, so that `'relu'` and a variable `relu` differ. */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'number':
    case 'boolean':
      return String(value.value);
    case 'string':
      return `'${value.value}'`;
    case 'null':
      return 'null';
    case 'list':
      return `[${value.items.map(valueText).join(', ')}]`;
    case 'call':
      return canonicalText(value.callee, value.arguments);
    case 'source':
      return value.text;
  }
}

const TRUE: Value = { kind: 'boolean', value: true };

/** Weights of a regulariser that names none (tfjs and Keras agree). */
const PENALTY: Readonly<Record<string, number>> = { l1: 0.01, l2: 0.01 };

const WINDOWS = new Set(['kernelSize', 'poolSize', 'strides', 'dilationRate', 'size']);

function canonicalCall(call: Extract<Value, { kind: 'call' }>, language: Language): Value {
  const args = call.arguments
    .filter(({ name }) => name !== 'seed' && name !== 'name')
    .map(({ name, value }) => ({ name, value: canonicalValue(value, language) }));
  const initializer = /^initializers\.(\w+)$/.exec(call.callee)?.[1];
  if (initializer !== undefined && args.length === 0) return { kind: 'string', value: initializer };
  if (call.callee.startsWith('layers.'))
    return {
      ...call,
      arguments: canonicalArguments(call.callee.slice('layers.'.length), args, language),
    };
  return { ...call, arguments: withPenalty(call.callee, args).toSorted(byName) };
}

function withPenalty(callee: string, args: readonly NamedValue[]): readonly NamedValue[] {
  const penalty = /^regularizers\.(l1|l2|l1l2)$/.exec(callee)?.[1];
  if (penalty === undefined) return args;
  const names = penalty === 'l1l2' ? ['l1', 'l2'] : [penalty];
  const missing = names.filter((name) => args.every((argument) => argument.name !== name));
  return [
    ...args,
    ...missing.map((name) => ({
      name,
      value: { kind: 'number', value: PENALTY[name] ?? 0 } as const,
    })),
  ];
}

const spread = (name: string, value: Value, rank: number): Value =>
  WINDOWS.has(name) && value.kind === 'number' && rank > 0
    ? { kind: 'list', items: Array.from({ length: rank }, () => value) }
    : value;

const byName = (a: NamedValue, b: NamedValue): number => (a.name < b.name ? -1 : 1);
