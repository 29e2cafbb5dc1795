import type { BuilderChoice } from '../../../model/modelFile.ts';
import { RUNNABLE_BUILDER, RUNNABLE_COMPILE } from '../../../model/modelFile.ts';
import type { Statement } from '../code/code.ts';
import type { ModuleCode } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';
import type { Reading } from '../read/reading.ts';
import { argumentsOf } from './arguments.ts';
import { runsAsWritten } from './asWritten.ts';
import { LIFTED, liftOf } from './lift.ts';
import type { Lift } from './lift.ts';
import { namesIn } from './names.ts';
import { boundTo, sliceOf } from './slice.ts';
import type { Slice } from './slice.ts';
import { standInShape } from './standIns.ts';

/**
 * The file as a worker runs it: the builder and what it needs, on the lines they have, and one
 * export that calls it, whatever it is called and however. `null` where it cannot be called from
 * outside.
 */
export function runnableText(reading: Reading, choice: BuilderChoice): string | null {
  if (runsAsWritten(reading, choice)) return reading.module.text;
  const isInner = reading.builder.reach?.kind === 'inner';
  const lift = isInner ? liftOf(reading, choice) : null;
  const call = lift ? liftedCall(lift) : callOf(reading, choice);
  if (call === null) return null;
  const compile = compileOf(reading);
  const { module } = reading;
  const alsoNeeded = [...namesIn(call.source), ...namesIn(compile ?? '')];
  const slice = sliceOf(reading, { alsoNeeded, lift });
  const isModule = usesModules(module);
  const body = withoutDropped(module.text, slice.dropped);
  const text = withInserted(body, lift?.inserted ?? wholeOf(reading, slice));
  const end = tail(reading, { call, compile, isModule });
  return withoutPage(`${headOf(module, isModule)}${defaultNamed(text)}\n;${end}\n`, isModule);
}

const liftedCall = ({ missing }: Lift): Call => ({
  source: `await ${LIFTED}({ inputShape, outputUnits, runtime })`,
  missing,
});

/** A function that also trains gives its model back as soon as it is whole. */
function wholeOf({ model }: Reading, { wholeAt }: Slice): Lift['inserted'] {
  const name = model && boundTo(model.statement);
  return wholeAt && name ? [{ at: wholeAt.end, text: `;return ${name};` }] : [];
}

interface Call {
  /** An expression that gives the model, or the object that holds it. */
  readonly source: string;
  /** Arguments that nobody gives. */
  readonly missing: readonly string[];
}

/** How the builder is called from the end of its file; `null` where it cannot be. */
function callOf(reading: Reading, choice: BuilderChoice): Call | null {
  const { builder } = reading;
  const reach = builder.reach ?? { kind: 'inner' };
  const { source, missing } = argumentsOf(reading, choice);
  switch (reach.kind) {
    case 'function':
      return {
        source: `await ${reach.name === 'default' ? DEFAULT : reach.name}(${source})`,
        missing,
      };
    case 'top':
      return topCall(reading);
    case 'method':
      return methodCall(reading, { reach, source, missing, choice });
    case 'inner':
      return innerCall(reading, { source, missing, choice });
  }
}

const DEFAULT = 'cortexDefault';

function topCall({ model, module }: Reading): Call | null {
  const place = model && (boundTo(model.statement) ?? propertyIn(model.statement, module));
  return place ? { source: place, missing: [] } : null;
}

/** `app.model = tf.sequential();` at the top of a file: `app.model`. */
function propertyIn(statement: Statement, { text }: ModuleCode): string | null {
  if (statement.kind !== 'expression' || statement.value.kind !== 'set') return null;
  const { object, property } = statement.value;
  return `${text.slice(object.span.start, object.span.end)}.${property}`;
}

interface CallParts extends Call {
  readonly choice: BuilderChoice;
}

function methodCall(
  reading: Reading,
  { reach, source, missing, choice }: CallParts & { reach: Extract<ReachOf, { kind: 'method' }> },
): Call {
  const owner = reach.owner === '' ? 'module.exports' : reach.owner;
  const { builder } = reading;
  if (builder.name === 'constructor') return { source: `new ${owner}(${source})`, missing };
  if (reach.of === 'object' || reach.shared)
    return { source: `await ${owner}.${reach.method}(${source})`, missing };
  const constructor = builder.owner?.methods.find(({ name }) => name === 'constructor');
  const made = constructor
    ? argumentsOf(
        { ...reading, builder: { ...builder, name: 'constructor', function: constructor.code() } },
        choice,
      )
    : { source: '', missing: [] };
  return {
    source:
      `await (async (it) => [await it.${reach.method}(${source}), it])` +
      `(new ${owner}(${made.source}))`,
    missing: [...made.missing, ...missing],
  };
}

type ReachOf = NonNullable<Reading['builder']['reach']>;

/** A function inside another one that gives it out: `createNetwork(…).getModel()`. */
function innerCall(reading: Reading, { source, missing, choice }: CallParts): Call | null {
  const { builder, module } = reading;
  const [outer, ...others] = builder.around ?? [];
  const top = module.top.find(
    ({ span }) => span.start <= builder.span.start && span.end >= builder.span.end,
  );
  const [name] = top?.declares ?? [];
  if (!outer || others.length > 0 || name === undefined || builder.name === 'default') return null;
  const around = argumentsOf(
    { ...reading, builder: { ...builder, name, function: outer } },
    choice,
  );
  return {
    source:
      `await (async (it) => typeof it?.${builder.name} === 'function' ? ` +
      `it.${builder.name}(${source}) : it)(await ${name}(${around.source}))`,
    missing: [...around.missing, ...missing],
  };
}

/** The file's own `compile`, where its values are known outside of the function it stands in. */
function compileOf({ compile, module }: Reading): string | null {
  const elsewhere = compile?.elsewhere;
  if (!compile || !elsewhere) return null;
  const { start, end } = compile.call.argumentsSpan;
  const source = module.text.slice(start, end);
  const isLocal = namesIn(source).some((name) => elsewhere.locals.has(name));
  return isLocal ? null : `model.compile${source}`;
}

interface TailParts {
  readonly call: Call;
  readonly compile: string | null;
  readonly isModule: boolean;
}

function tail(reading: Reading, { call, compile, isModule }: TailParts): string {
  const put = (name: string): string => (isModule ? `export const ${name} =` : `exports.${name} =`);
  const shape = JSON.stringify(standInShape(reading.architecture));
  const own = compile === null ? '' : ` ${put(RUNNABLE_COMPILE)} (model) => ${compile};`;
  return (
    `${put(RUNNABLE_BUILDER)} async ({ inputShape = ${shape}, outputUnits = 2, tf: runtime }) => ` +
    `{ try { return ${call.source}; } catch (error) { ${said(call.missing)}throw error; } };${own}`
  );
}

function said(missing: readonly string[]): string {
  if (missing.length === 0) return '';
  const names = missing.map((name) => `\`${name}\``).join(', ');
  const words =
    ` What ${names} of the builder ${missing.length === 1 ? 'is' : 'are'}, nobody says: give it ` +
    'under "arguments" in cortex.json.';
  return `if (error instanceof Error) error.message += ${JSON.stringify(words)}; `;
}

/** ES modules say so by `import` or `export`; TypeScript is turned into either. */
const usesModules = ({ language, top, text }: ModuleCode): boolean =>
  language !== 'javascript' ||
  top.some(({ span }) => /^(import|export)\b(?!\s*\()/.test(text.slice(span.start, span.end)));

/** A script that gets `tf` from its page gets it from here. */
function headOf({ top, text, language }: ModuleCode, isModule: boolean): string {
  const isBound = top.some(({ declares }) => declares.includes('tf'));
  const asks = asksFor(text, isModule, language);
  if (isBound || !/\btf\s*\./.test(text)) return asks;
  return isModule
    ? `${asks}import * as tf from '@tensorflow/tfjs'; `
    : "const tf = require('@tensorflow/tfjs'); ";
}

/** `window.tf`: the runtime as a page has it. */
const OF_PAGE = /\b(?:window|globalThis|self)\??\.tf\b(?!\s*=(?!=))/g;

/** Where a file takes the runtime from its page's object, it gets it from here. */
function withoutPage(text: string, isModule: boolean): string {
  const own = text.replaceAll(OF_PAGE, 'cortexTf');
  if (own === text) return text;
  return isModule
    ? `import * as cortexTf from '@tensorflow/tfjs'; ${own}`
    : `const cortexTf = require('@tensorflow/tfjs'); ${own}`;
}

/** Bundlers let a module `require`; Node does not. */
const asksFor = (text: string, isModule: boolean, language: ModuleCode['language']): string =>
  isModule && language === 'javascript' && /\brequire\s*\(/.test(text)
    ? "import { createRequire as cortexRequire } from 'node:module'; " +
      'const require = cortexRequire(import.meta.url); '
    : '';

/** `export default function () {…}` has no name in its own file. */
const defaultNamed = (text: string): string =>
  text.replace(
    /^(\s*)export\s+default\s+(?=(async\s+)?(function\s*\(|\(|[\w$]+\s*=>|class\s*[{]|class\s+extends))/m,
    `$1export const ${DEFAULT} = `,
  );

function withoutDropped(text: string, dropped: readonly Span[]): string {
  let result = '';
  let at = 0;
  for (const { start, end } of dropped.toSorted((a, b) => a.start - b.start)) {
    if (start < at) continue;
    result += text.slice(at, start) + text.slice(start, end).replaceAll(/[^\r\n]/g, ' ');
    at = end;
  }
  return result + text.slice(at);
}

/** Pieces written into a text, each at its place; those of one place in their order. */
function withInserted(text: string, inserted: Lift['inserted']): string {
  let result = '';
  let at = 0;
  for (const piece of inserted.toSorted((a, b) => a.at - b.at)) {
    result += text.slice(at, piece.at) + piece.text;
    at = piece.at;
  }
  return result + text.slice(at);
}
