import type { Value } from '../../../model/values.ts';
import type { Meaning } from './scope.ts';

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '**': (a, b) => a ** b,
  '//': (a, b) => Math.floor(a / b),
  '<<': (a, b) => a << b,
  '>>': (a, b) => a >> b,
};

const COMPARISON: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

const number = (value: number): Value | null =>
  Number.isFinite(value) ? { kind: 'number', value } : null;

const boolean = (value: boolean): Value => ({ kind: 'boolean', value });

/** Two values and an operator between them; `null` where the result cannot be told. */
export function operated(operator: string, left: Value, right: Value): Value | null {
  if (operator === '===' || operator === '==') return equal(left, right, true);
  if (operator === '!==' || operator === '!=') return equal(left, right, false);
  if (operator === '+' && (left.kind === 'string' || right.kind === 'string'))
    return text(left, right);
  if (left.kind !== 'number' || right.kind !== 'number') return null;
  const compare = COMPARISON[operator];
  if (compare) return boolean(compare(left.value, right.value));
  const compute = ARITHMETIC[operator];
  return compute ? number(compute(left.value, right.value)) : null;
}

const isPlain = (
  value: Value,
): value is Extract<Value, { kind: 'number' | 'string' | 'boolean' | 'null' }> =>
  value.kind !== 'list' && value.kind !== 'call' && value.kind !== 'source';

function equal(left: Value, right: Value, wanted: boolean): Value | null {
  if (!isPlain(left) || !isPlain(right)) return null;
  const [a, b] = [left, right].map((one) => (one.kind === 'null' ? null : one.value));
  return boolean((left.kind === right.kind && a === b) === wanted);
}

function text(left: Value, right: Value): Value | null {
  const [a, b] = [plainText(left), plainText(right)];
  return a === null || b === null ? null : { kind: 'string', value: a + b };
}

/** A plain value as JavaScript would write it into a text. */
export const plainText = (value: Value): string | null =>
  isPlain(value) && value.kind !== 'null' ? String(value.value) : null;

/** Whether a condition holds; `null` where it cannot be told. */
export function truthOf(meaning: Meaning): boolean | null {
  if (meaning.kind === 'unknown') return null;
  if (meaning.kind !== 'value') return true;
  const { value } = meaning;
  switch (value.kind) {
    case 'null':
      return false;
    case 'number':
    case 'string':
    case 'boolean':
      return Boolean(value.value);
    case 'list':
    case 'call':
      return true;
    case 'source':
      return null;
  }
}

const MATH: ReadonlySet<string> = new Set(
  Object.getOwnPropertyNames(Math).filter((name) => name !== 'random'),
);

/** `Math.min(…)` of numbers; `null` for another function, and for other arguments. */
export function mathOf(name: string, args: readonly Value[]): Value | null {
  const call: unknown = MATH.has(name) ? Reflect.get(Math, name) : null;
  const numbers = args.flatMap((one) => (one.kind === 'number' ? [one.value] : []));
  if (typeof call !== 'function' || numbers.length < args.length) return null;
  return number(Number(Reflect.apply(call, Math, numbers)));
}

/** The meanings a list holds; `null` for anything that is no list, or one that is not known. */
export function itemsOf(meaning: Meaning): readonly Meaning[] | null {
  if (meaning.kind === 'list') return meaning.items;
  return meaning.kind === 'value' && meaning.value.kind === 'list'
    ? meaning.value.items.map((value) => ({ kind: 'value', value }))
    : null;
}

/** The value a meaning has, where it has one that can be written down. */
export function valueOf(meaning: Meaning): Value | null {
  const value = written(meaning);
  return value?.kind === 'source' ? null : value;
}

/** Inside a list, what Cortex does not interpret stands as it was written. */
function written(meaning: Meaning): Value | null {
  if (meaning.kind === 'value') return meaning.value;
  if (meaning.kind === 'factory') {
    const { type, arguments: args } = meaning.draft;
    const named = args.map(({ name, value }) => ({ name, value }));
    return { kind: 'call', callee: `layers.${type}`, arguments: named };
  }
  if (meaning.kind !== 'list') return null;
  const items = meaning.items.map(written);
  return items.every((item) => item !== null) ? { kind: 'list', items } : null;
}

/** Which side `&&`, `||` or `??` gives; `null` for other operators, and where it cannot be told. */
export function pickedSide(operator: string, left: Meaning): 'left' | 'right' | null {
  const truth = truthOf(left);
  if (operator === '??') return nullishSide(left);
  if (truth === null) return null;
  if (operator === '&&') return truth ? 'right' : 'left';
  if (operator !== '||') return null;
  return truth ? 'left' : 'right';
}

function nullishSide(left: Meaning): 'left' | 'right' | null {
  const value = valueOf(left);
  return value && (value.kind === 'null' ? 'right' : 'left');
}
