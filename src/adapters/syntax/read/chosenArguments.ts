import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { Value } from '../../../model/values.ts';
import type { Pattern } from '../code/code.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';

/** What the study says of a parameter; `null` where it says nothing. */
export function chosen(choice: BuilderChoice, pattern: Pattern, index: number): Meaning | null {
  const given = choice.arguments;
  if (given === undefined) return null;
  if (Array.isArray(given)) return index < given.length ? meaningOf(given[index]) : null;
  const name = pattern.kind === 'name' ? pattern.name : '';
  if (name in given) return meaningOf(Reflect.get(given, name));
  return pattern.kind === 'members' && index === 0 ? meaningOf(given) : null;
}

/** A value of `cortex.json`. */
function meaningOf(json: unknown): Meaning {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return {
      kind: 'object',
      fields: new Map(Object.entries(json).map(([key, value]) => [key, meaningOf(value)])),
      code: null,
      scope: EMPTY,
      model: null,
    };
  const value = valueOfJson(json);
  return value ? { kind: 'value', value } : UNKNOWN;
}

function valueOfJson(json: unknown): Value | null {
  if (json === null || json === undefined) return { kind: 'null' };
  if (typeof json === 'number') return { kind: 'number', value: json };
  if (typeof json === 'string') return { kind: 'string', value: json };
  if (typeof json === 'boolean') return { kind: 'boolean', value: json };
  if (!Array.isArray(json)) return null;
  const items = json.map(valueOfJson);
  return items.every((item) => item !== null) ? { kind: 'list', items } : null;
}

const EMPTY = new Scope(null);
