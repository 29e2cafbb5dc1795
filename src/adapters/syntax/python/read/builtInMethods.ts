import { keyOf } from './constants.ts';
import type { CallPlace, Follow } from './follow.ts';
import { iterated } from './iteration.ts';
import type { Py } from './py.ts';
import { NONE, constant, listOf, numberIn, textIn, unknown } from './values.ts';

/** A method of a list, a dictionary or a text; `null` for what has other methods. */
export function callMethod(
  follow: Follow,
  { object, name }: Extract<Py, { kind: 'method' }>,
  { call, given: args }: CallPlace,
): Py | null {
  const values = args.positional.map(({ value }) => value);
  const text = follow.reader.slice(call);
  if (object.kind === 'list') return ofList(object, name, values) ?? unknown(text);
  if (object.kind === 'dictionary') return ofDictionary(object, name, values) ?? unknown(text);
  return object.kind === 'constant' ? (ofText(object, name, values) ?? unknown(text)) : null;
}

function ofList(list: Extract<Py, { kind: 'list' }>, name: string, args: readonly Py[]): Py | null {
  const [value] = args;
  switch (name) {
    case 'append':
      if (value) list.items.push(value);
      return NONE;
    case 'extend':
      list.items.push(...((value && iterated(value)) ?? []));
      return NONE;
    case 'insert':
      if (args[1]) list.items.splice(numberIn(value) ?? 0, 0, args[1]);
      return NONE;
    case 'pop':
      return list.items.splice(numberIn(value) ?? list.items.length - 1, 1)[0] ?? null;
    case 'reverse':
      list.items.reverse();
      return NONE;
    case 'copy':
    case 'as_list':
      return listOf(list.items, list.form);
    default:
      return null;
  }
}

function ofDictionary(
  { entries }: Extract<Py, { kind: 'dictionary' }>,
  name: string,
  [key, otherwise]: readonly Py[],
): Py | null {
  const pairs = [...entries].map(([of, value]) => listOf([constant(of), value], 'tuple'));
  switch (name) {
    case 'get':
    case 'pop':
      return entries.get((key && keyOf(key)) ?? '') ?? otherwise ?? NONE;
    case 'items':
      return listOf(pairs);
    case 'keys':
      return listOf([...entries.keys()].map((of) => constant(of)));
    case 'values':
      return listOf([...entries.values()]);
    case 'update':
      for (const [of, value] of key?.kind === 'dictionary' ? key.entries : [])
        entries.set(of, value);
      return NONE;
    default:
      return null;
  }
}

function ofText(
  value: Extract<Py, { kind: 'constant' }>,
  name: string,
  args: readonly Py[],
): Py | null {
  const text = textIn(value);
  if (text === null) return null;
  const other = textIn(args[0]);
  switch (name) {
    case 'lower':
      return constant(text.toLowerCase());
    case 'upper':
      return constant(text.toUpperCase());
    case 'startswith':
      return other === null ? null : constant(text.startsWith(other));
    case 'endswith':
      return other === null ? null : constant(text.endsWith(other));
    case 'split':
      return listOf(text.split(other ?? /\s+/).map((part) => constant(part)));
    case 'format':
      return formatted(text, args);
    default:
      return null;
  }
}

function formatted(text: string, args: readonly Py[]): Py | null {
  let index = 0;
  const parts = args.map((value) => (value.kind === 'constant' ? String(value.value) : null));
  if (parts.includes(null)) return null;
  return constant(text.replaceAll(/\{[^}]*\}/g, () => parts[index++] ?? ''));
}
