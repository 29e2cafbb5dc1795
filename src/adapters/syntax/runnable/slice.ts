import type { Expression, Statement } from '../code/code.ts';
import type { ModuleCode, TopStatement } from '../code/moduleCode.ts';
import type { Span } from '../code/span.ts';
import type { Reading } from '../read/reading.ts';

/** Work that a model is not made by: what follows it is training. */
const TRAINING =
  /\.\s*(fit|fitDataset|trainOnBatch|evaluate|evaluateDataset|predict|save|summary|dispose)\s*\(/;

/** What of a file has to run so that its builder can be called; the rest is left out. */
export interface Slice {
  /** Ranges of the file that do not run. */
  readonly dropped: readonly Span[];
  /** Behind which statement of the builder the model is whole; `null` where it is returned. */
  readonly wholeAt: Span | null;
}

/** Keeps the builder and what it mentions, by way of what those mention. */
export function sliceOf(
  reading: Reading,
  { alsoNeeded, lift }: { readonly alsoNeeded: readonly string[]; readonly lift: Lifted | null },
): Slice {
  const { builder } = reading;
  const inner = !lift && alsoTrains(reading) ? innerSlice(reading) : null;
  const isTop = builder.reach?.kind === 'top';
  const own = ownStatements(reading);
  const whole = inner && !builder.owner ? inner.mentions : own.flatMap(mentionsOf);
  const names = [...alsoNeeded, ...(lift?.mentions ?? whole)];
  const others = reading.module.top.filter((one) => !own.includes(one));
  const dropped = lift
    ? unneeded({ ...reading.module, top: others }, [], names)
    : unneeded(reading.module, own, names);
  const within = lift?.dropped ?? inner?.dropped ?? [];
  return {
    dropped: isTop ? dropped : [...dropped, ...within],
    wholeAt: isTop ? null : (inner?.wholeAt ?? null),
  };
}

/** Of a builder that is taken out of its functions: what stays behind, and what it mentions. */
type Lifted = Pick<Slice, 'dropped'> & { readonly mentions: readonly string[] };

const FITS = /\.\s*(fit|fitDataset|trainOnBatch)\s*\(/;

/** A function that makes its model and goes on with it, whether it gives it back or not. */
export function alsoTrains({ found, builder, host, module }: Reading): boolean {
  if (found === 'inline') return true;
  const isOwn = host.span.start === builder.function.span.start;
  return (
    isOwn &&
    builder.function.body.some(({ span }) => FITS.test(module.text.slice(span.start, span.end)))
  );
}

/** Statements at the top of the file that hold the builder. */
const ownStatements = ({ module, builder }: Reading): TopStatement[] =>
  builder.reach?.kind === 'top'
    ? []
    : module.top.filter((one) => holds(one.span, builder.topLevel));

/** Statements at the top of the file that nothing of what is needed comes from. */
function unneeded(
  module: ModuleCode,
  own: readonly TopStatement[],
  names: readonly string[],
): readonly Span[] {
  const kept = [...own];
  grow(module, new Set(names), kept);
  const dropped = module.top.filter((one) => !kept.includes(one) && one.kind !== 'type');
  return dropped.map(({ span }) => span);
}

/** Adds statements of the file until nothing that is needed is missing. */
function grow(module: ModuleCode, needed: Set<string>, kept: TopStatement[]): void {
  const isMissing = (one: TopStatement): boolean => {
    const declared = new Set(kept.flatMap(({ declares }) => declares));
    return !kept.includes(one) && isNeeded(one, module, { needed, declared });
  };
  for (let next = module.top.find(isMissing); next; next = module.top.find(isMissing)) {
    kept.push(next);
    for (const name of next.mentions) needed.add(name);
  }
}

function isNeeded(
  one: TopStatement,
  { text }: ModuleCode,
  { needed, declared }: { needed: ReadonlySet<string>; declared: ReadonlySet<string> },
): boolean {
  if (one.kind === 'export' || one.kind === 'type') return false;
  if (one.declares.some((name) => needed.has(name))) return true;
  if (one.kind === 'import' || one.kind === 'declaration') return false;
  const source = text.slice(one.span.start, one.span.end);
  if (TRAINING.test(source)) return false;
  const isRegistration = /\bregisterClass\(/.test(source);
  const names = isRegistration ? one.mentions : one.touches;
  return [...names].some((name) => declared.has(name) && !/^(tf|console)$/.test(name));
}

const mentionsOf = ({ mentions }: TopStatement): readonly string[] => [...mentions];

const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && outer.end >= inner.end;

const mentionsWithin = ({ mentions }: ModuleCode, span: Span): string[] =>
  mentions.filter((mention) => holds(span, mention.span)).map(({ name }) => name);

interface InnerSlice extends Slice {
  readonly mentions: readonly string[];
  /** The variable that holds the model. */
  readonly name: string;
  readonly kept: readonly Span[];
}

/** Of a function that also trains: the statements that the model is made by. */
export function innerSlice(reading: Reading): InnerSlice | null {
  const { module, builder, model } = reading;
  const name = model && boundTo(model.statement);
  if (!name) return null;
  const { body } = builder.function;
  const needed = new Set([name]);
  const kept = new Set<Statement>();
  const isMissing = (one: Statement): boolean => !kept.has(one) && serves(one, module, needed);
  for (let next = body.find(isMissing); next; next = body.find(isMissing)) {
    kept.add(next);
    for (const mentioned of mentionsWithin(module, next.span)) needed.add(mentioned);
  }
  const last = body.filter((one) => kept.has(one) && touches(one).includes(name)).at(-1);
  return {
    dropped: body.filter((one) => !kept.has(one)).map(({ span }) => span),
    wholeAt: last?.span ?? null,
    mentions: [...needed],
    name,
    kept: body.filter((one) => kept.has(one)).map(({ span }) => span),
  };
}

/** Whether a statement gives something that is needed its value, and trains nothing. */
export function serves(one: Statement, { text }: ModuleCode, needed: ReadonlySet<string>): boolean {
  if (one.kind === 'function') return needed.has(one.name);
  if (one.kind === 'return' || one.kind === 'other') return false;
  const isTraining = TRAINING.test(text.slice(one.span.start, one.span.end));
  return !isTraining && touches(one).some((name) => needed.has(name));
}

/** Names that a statement gives a value, or whose methods it calls. */
function touches(one: Statement): readonly string[] {
  if (one.kind === 'branch') return one.body.flatMap(touches);
  if (one.kind === 'declare') return boundNames(one);
  return one.kind === 'expression' ? rootOf(one.value) : [];
}

function boundNames({ pattern }: Extract<Statement, { kind: 'declare' }>): readonly string[] {
  switch (pattern.kind) {
    case 'name':
      return [pattern.name];
    case 'members':
      return pattern.members.map(({ name }) => name);
    case 'items':
      return pattern.items.filter((name) => name !== null);
    case 'unclear':
      return pattern.names;
  }
}

function rootOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'member':
    case 'set':
    case 'index':
      return rootOf(expression.object);
    case 'call':
      return rootOf(expression.callee);
    case 'assign':
      return [expression.target];
    case 'wrapped':
      return rootOf(expression.inner);
    default:
      return [];
  }
}

/** The variable that a statement keeps the model in. */
export function boundTo(statement: Statement): string | null {
  if (statement.kind === 'declare')
    return statement.pattern.kind === 'name' ? statement.pattern.name : null;
  return null;
}
