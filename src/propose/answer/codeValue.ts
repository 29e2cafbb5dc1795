import { boolean, number, string } from '../../model/values.ts';
import type { Value } from '../../model/values.ts';

const CALL = /^(?:tf\.)?([A-Za-z]\w*(?:\.\w+)+)\(\s*(?:\{([^{}()]*)\})?\s*\)$/;

const ENTRY =
  /^\s*['"]?(\w+)['"]?\s*:\s*(?:(-?[\d.]+(?:e[+-]?\d+)?)|(['"])(\w+)\3|(true|false))\s*$/i;

/** `tf.regularizers.l2({ l2: 1e-4 })` as the call it is; anything else stays source. */
export function codeValue(source: string): Value {
  const [, callee, inner = ''] = CALL.exec(source.trim()) ?? [];
  const entries = inner
    .split(',')
    .filter((entry) => entry.trim() !== '')
    .map((entry) => ENTRY.exec(entry));
  if (callee === undefined || entries.includes(null)) return { kind: 'source', text: source };
  return {
    kind: 'call',
    callee,
    arguments: entries.flatMap((entry) =>
      entry?.[1] === undefined ? [] : [{ name: entry[1], value: entryValue(entry) }],
    ),
  };
}

function entryValue([, , digits, , word, flag]: RegExpExecArray): Value {
  if (digits !== undefined) return number(Number(digits));
  return word === undefined ? boolean(flag === 'true') : string(word);
}
