import { ofDataByName } from '../../../model/dataParameters.ts';
import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { CallExpression, Pattern } from '../code/code.ts';
import type { Reading } from '../read/reading.ts';
import { namesIn } from './names.ts';

/** Source of the arguments a function is called with, and the names that nobody gives a value. */
export interface ArgumentSource {
  readonly source: string;
  readonly missing: readonly string[];
}

/**
 * Every parameter by its name: what the study says, what the data says, what the file itself calls
 * it with; else its default.
 */
export function argumentsOf(reading: Reading, choice: BuilderChoice): ArgumentSource {
  const { parameters } = reading.builder.function;
  const call = clearCall(reading);
  const given = parameters.map((pattern, index) => one(pattern, { index, call, choice, reading }));
  const last = given.findLastIndex(({ source }) => source !== 'undefined');
  return {
    source: given
      .slice(0, last + 1)
      .map(({ source }) => source)
      .join(', '),
    missing: given.flatMap(({ missing }) => missing),
  };
}

/** What a parameter of this name takes of the data, as source; `null` where it takes nothing. */
export function dataArgument(name: string): string | null {
  if (/^(tf|tfjs|tensorflow|tfl)$/.test(name)) return 'runtime';
  const taken = ofDataByName(name);
  if (taken === null || taken.of === 'outputUnits') return taken && taken.of;
  if (taken.axis === null) return 'inputShape';
  return taken.axis === -1 ? 'inputShape.at(-1)' : `inputShape[${taken.axis}]`;
}

interface Place {
  readonly index: number;
  readonly call: CallExpression | null;
  readonly choice: BuilderChoice;
  readonly reading: Reading;
}

function one(pattern: Pattern, place: Place): ArgumentSource {
  const said = chosen(pattern, place);
  if (said !== null) return { source: said, missing: [] };
  const observed = observedText(place);
  if (pattern.kind === 'members') return members(pattern, observed);
  if (pattern.kind !== 'name') return { source: observed ?? 'undefined', missing: [] };
  const found =
    dataArgument(pattern.name) ??
    observed ??
    tensorArgument(pattern.name, place) ??
    wholeObject(pattern.name, place);
  const missing = found === null && !pattern.byDefault ? [pattern.name] : [];
  return { source: found ?? 'undefined', missing };
}

/** `units: yTrain.shape[1]`: of rows that only the caller has, their shape, as the data say it. */
function tensorArgument(name: string, { reading: { module, builder } }: Place): string | null {
  const { start, end } = builder.function.bodySpan;
  const uses = module.text.slice(start, end).split(/[^\w$.]+/);
  if (!uses.some((use) => use.startsWith(`${name}.shape`))) return null;
  const isTarget = /^ys?$|^y[_A-Z]|Ys?$|label|target|output/.test(name);
  return isTarget ? '{ shape: [null, outputUnits] }' : '{ shape: [null, ...inputShape] }';
}

/** `buildModel(options)`: a builder of the agreed name is called with one object. */
function wholeObject(name: string, { index, reading }: Place): string | null {
  const { builder } = reading;
  const isAlone = index === 0 && builder.function.parameters.length === 1;
  const isObject = isAlone && (builder.known === true || /^(args|options|opts|config)$/.test(name));
  return isObject ? '{ inputShape, outputUnits, tf: runtime }' : null;
}

/** `{ inputShape, units = 8 }`: each by its name. */
function members(
  { members: all }: Extract<Pattern, { kind: 'members' }>,
  observed: string | null,
): ArgumentSource {
  const entries = all.flatMap(({ key }) => {
    const source = dataArgument(key);
    return source === null ? [] : [`${key}: ${source}`];
  });
  const spread = observed === null ? [] : [`...(${observed})`];
  const missing = all.filter(
    ({ key, byDefault }) => !byDefault && dataArgument(key) === null && observed === null,
  );
  return {
    source: `{ ${[...spread, ...entries].join(', ')} }`,
    missing: missing.map(({ key }) => key),
  };
}

/** What `cortex.json` says, as source; `null` where it says nothing. */
function chosen(pattern: Pattern, { index, choice }: Place): string | null {
  const given = choice.arguments;
  if (given === undefined) return null;
  if (Array.isArray(given)) return index < given.length ? JSON.stringify(given[index]) : null;
  const name = pattern.kind === 'name' ? pattern.name : '';
  if (name in given) return JSON.stringify(Reflect.get(given, name));
  return pattern.kind === 'members' && index === 0
    ? `{ inputShape, outputUnits, ...${JSON.stringify(given)} }`
    : null;
}

/** The call in the file whose arguments mean something at its top. */
function clearCall({ module, builder }: Reading): CallExpression | null {
  const name = builder.name === 'constructor' ? (builder.owner?.name ?? '') : builder.name;
  const outside = (module.calls.get(name) ?? []).filter(
    ({ span }) => span.start < builder.span.start || span.end > builder.span.end,
  );
  const isClear = (call: CallExpression): boolean =>
    call.arguments.every(({ span }) =>
      isKnownAtTop(module.text.slice(span.start, span.end), module),
    );
  return outside.find(isClear) ?? null;
}

function isKnownAtTop(source: string, { top }: Reading['module']): boolean {
  const declared = new Set(top.flatMap(({ declares }) => declares));
  return namesIn(source).every(
    (name) => declared.has(name) || /^(true|false|null|undefined|tf)$/.test(name),
  );
}

function observedText({ index, call, reading }: Place): string | null {
  const argument = call?.arguments[index];
  if (!argument) return null;
  return reading.module.text.slice(argument.span.start, argument.span.end);
}
