import type { Constant } from '../code/tree.ts';
import type { Py, ListValue, Given } from './py.ts';

export const NOTHING: Given = { positional: [], named: new Map() };

export const constant = (value: Constant): Py => ({ kind: 'constant', value });

export const NONE: Py = constant(null);

export const unknown = (text: string): Py => ({ kind: 'unknown', text });

export const listOf = (items: readonly Py[], form: 'list' | 'tuple' = 'list'): ListValue => ({
  kind: 'list',
  form,
  items: [...items],
});

export const given = (...values: readonly Py[]): Given => ({
  positional: values.map((value) => ({ value, argument: null })),
  named: new Map(),
});

export const numberIn = (value: Py | undefined): number | null =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : null;

export const textIn = (value: Py | undefined): string | null =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : null;

/** Whether a value counts as true; `null` where it is not known. */
export function truth(value: Py): boolean | null {
  switch (value.kind) {
    case 'constant':
      return Boolean(value.value);
    case 'list':
      return value.items.length > 0;
    case 'dictionary':
      return value.entries.size > 0;
    case 'unknown':
    case 'made':
      return null;
    default:
      return true;
  }
}

/** The tensors in a value, also those in lists and dictionaries. */
export function tensorsIn(value: Py): readonly number[] {
  if (value.kind === 'tensor') return [value.layer];
  if (value.kind === 'list') return value.items.flatMap(tensorsIn);
  return value.kind === 'dictionary' ? [...value.entries.values()].flatMap(tensorsIn) : [];
}

/** The tensors a call is given. */
export const tensorsGiven = ({ positional, named }: Given): readonly number[] =>
  [...positional, ...named.values()].flatMap(({ value }) => tensorsIn(value));

/** An argument by its place or its name. */
export const argumentOf = (
  { positional, named }: Given,
  index: number,
  ...names: readonly string[]
): Py | undefined =>
  (positional[index] ?? names.map((name) => named.get(name)).find((found) => found !== undefined))
    ?.value;
