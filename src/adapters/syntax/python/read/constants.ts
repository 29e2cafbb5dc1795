import type { Constant } from '../code/tree.ts';
import { constant, listOf, numberIn, textIn, truth } from './values.ts';
import type { Py } from './py.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a - b * Math.floor(a / b),
  '**': (a, b) => a ** b,
  '//': (a, b) => Math.floor(a / b),
  '<<': (a, b) => a * 2 ** b,
  '>>': (a, b) => Math.floor(a / 2 ** b),
};

const ORDER: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** What an operator makes of values that hold no tensor; `null` where that is not known. */
export function combined(operator: string, left: Py, right: Py): Py | null {
  const decided = compared(operator, left, right);
  if (decided !== null) return constant(decided);
  if (left.kind === 'list' || right.kind === 'list') return combinedLists(operator, left, right);
  return left.kind === 'constant' && right.kind === 'constant'
    ? combinedConstants(operator, left.value, right.value)
    : null;
}

function combinedConstants(operator: string, a: Constant, b: Constant): Py | null {
  if (operator === '+' && typeof a === 'string' && typeof b === 'string') return constant(a + b);
  if (operator === '%' && typeof a === 'string') return formatted(a, b);
  const [x, y] = [numeric(a), numeric(b)];
  const result = x === null || y === null ? undefined : ARITHMETIC[operator]?.(x, y);
  return result !== undefined && Number.isFinite(result) ? constant(result) : null;
}

const numeric = (value: unknown): number | null => {
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'number' ? value : null;
};

function formatted(text: string, value: unknown): Py | null {
  return typeof value === 'object' ? null : constant(text.replace(/%[a-z]/, String(value)));
}

function compared(operator: string, left: Py, right: Py): boolean | null {
  if (operator in ORDER) return ordered(operator, left, right);
  switch (operator) {
    case '==':
    case 'is':
      return same(left, right);
    case '!=':
    case 'is not':
      return opposite(same(left, right));
    case 'in':
      return contains(right, left);
    case 'not in':
      return opposite(contains(right, left));
    default:
      return null;
  }
}

function ordered(operator: string, left: Py, right: Py): boolean | null {
  const pair = [numberIn(left) ?? textIn(left), numberIn(right) ?? textIn(right)];
  const [a, b] = pair;
  if (a === null || b === null || a === undefined || b === undefined) return null;
  return ORDER[operator]?.(a, b) ?? null;
}

const opposite = (value: boolean | null): boolean | null => (value === null ? null : !value);

/** Whether two values are equal; what is not known may be anything but `None`'s opposite. */
function same(left: Py, right: Py): boolean | null {
  if (left.kind === 'unknown' || right.kind === 'unknown') return null;
  if (left.kind === 'list' && right.kind === 'list') return sameItems(left.items, right.items);
  const [a, b] = [identityOf(left), identityOf(right)];
  if (left.kind === right.kind) return a === null ? left === right || null : a === b;
  return left.kind === 'made' || right.kind === 'made' ? null : false;
}

/** What two values of one kind have in common when they are the same; `null`: only themselves. */
function identityOf(value: Py): unknown {
  switch (value.kind) {
    case 'constant':
      return value.value ?? 'None';
    case 'library':
      return value.path;
    case 'class':
      return value.statement;
    case 'function':
      return value.code;
    default:
      return null;
  }
}

function sameItems(left: readonly Py[], right: readonly Py[]): boolean | null {
  if (left.length !== right.length) return false;
  const parts = left.map((item, index) => same(item, right[index] ?? item));
  return every(parts);
}

const every = (parts: readonly (boolean | null)[]): boolean | null => {
  if (parts.includes(false)) return false;
  return parts.includes(null) ? null : true;
};

function contains(all: Py, one: Py): boolean | null {
  const key = keyOf(one);
  if (all.kind === 'dictionary') return key === null ? null : all.entries.has(key);
  if (all.kind === 'list')
    return opposite(every(all.items.map((item) => opposite(same(item, one)))));
  const [text, part] = [textIn(all), textIn(one)];
  return text === null || part === null ? null : text.includes(part);
}

function combinedLists(operator: string, left: Py, right: Py): Py | null {
  if (operator === '+' && left.kind === 'list' && right.kind === 'list')
    return listOf([...left.items, ...right.items], left.form);
  const [list, times] = left.kind === 'list' ? [left, numberIn(right)] : [right, numberIn(left)];
  if (operator !== '*' || list.kind !== 'list' || times === null || times > 1000) return null;
  return listOf(Array.from({ length: Math.max(0, times) }, () => list.items).flat(), list.form);
}

/** The key of a dictionary as text; `null` for keys Cortex does not keep. */
export function keyOf(value: Py): string | null {
  if (value.kind === 'constant') return String(value.value);
  if (value.kind !== 'list') return null;
  const keys = value.items.map(keyOf);
  return keys.includes(null) ? null : keys.join();
}

/** `and`, `or`: the value that decides, `null` where the first one is not known. */
export function decided(operator: string, left: Py): 'left' | 'right' | null {
  const known = truth(left);
  if (known === null) return null;
  return known === (operator === 'or') ? 'left' : 'right';
}

/** An item, or a part, of a list or a text. */
export function itemAt(value: Py, index: number): Py | null {
  if (value.kind === 'list') return value.items.at(index) ?? null;
  const text = textIn(value)?.at(index);
  return text === undefined ? null : constant(text);
}

/** Stands for items of which it is not known how many there are (`list(model.children())`). */
const isAnyNumber = (item: Py): boolean => item.kind === 'unknown' && item.text === '*';

/** `value[from:to:step]`. */
export function sliced(value: Py, bounds: readonly (number | null)[]): Py | null {
  const [from, to, step] = bounds;
  const text = textIn(value);
  if (text !== null && !step) return constant(text.slice(from ?? 0, to ?? undefined));
  return value.kind === 'list' ? slicedList(value, bounds) : null;
}

function slicedList(
  list: Extract<Py, { kind: 'list' }>,
  [from = null, to = null, step = null]: readonly (number | null)[],
): Py | null {
  if (list.items.some(isAnyNumber)) return list;
  if (step !== null && step < 0)
    return from === null && to === null && step === -1
      ? listOf(list.items.toReversed(), list.form)
      : null;
  const part = list.items.slice(from ?? 0, to ?? undefined);
  return listOf(
    part.filter((_, index) => index % (step ?? 1) === 0),
    list.form,
  );
}
