import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { FunctionCode, Pattern, Statement } from '../code/code.ts';
import type { Span } from '../code/span.ts';
import type { Reading } from '../read/reading.ts';
import { argumentsOf, dataArgument } from './arguments.ts';
import { namesIn } from './names.ts';
import { alsoTrains, innerSlice, serves } from './slice.ts';

/** What of a statement at the top of the file is left of it, and what is written into it. */
export interface Lift {
  readonly dropped: readonly Span[];
  readonly inserted: readonly { readonly at: number; readonly text: string }[];
  /** Names that the pieces mention. */
  readonly mentions: readonly string[];
  /** Arguments that nobody gives. */
  readonly missing: readonly string[];
}

/** The function that a lifted builder is made: called with what the data say. */
export const LIFTED = 'cortexLifted';

/**
 * A builder within other functions, taken out of them with the statements around it that it needs,
 * each on its line. `null` where it takes from an object (`this`) that only those functions have.
 */
export function liftOf(reading: Reading, choice: BuilderChoice): Lift | null {
  const top = reading.module.top.find(({ span }) => holds(span, reading.builder.span));
  const core = top && coreOf(reading, choice);
  if (!core) return null;
  const { text } = reading.module;
  const around = neededAround(reading, core.pieces);
  const pieces = [...around, ...core.pieces].toSorted((a, b) => a.start - b.start);
  const mentions = pieces.flatMap((piece) => namesIn(textAt(text, piece)));
  if (mentions.includes('this')) return null;
  const given = outerParameters(reading).filter(({ name }) => mentions.includes(name));
  const head =
    `const ${LIFTED} = async ({ inputShape, outputUnits, runtime }) => { ` +
    given.map(({ name, source }) => `let ${name} = ${source}; `).join('');
  return {
    dropped: between(top.span, pieces),
    inserted: [
      { at: top.span.start, text: head },
      ...around.map(({ end }) => ({ at: end, text: ';' })),
      ...core.inserted,
      { at: top.span.end, text: ' };' },
    ],
    mentions,
    missing: [...core.missing, ...given.filter(isMissing).map(({ name }) => name)],
  };
}

interface Core {
  readonly pieces: readonly Span[];
  readonly inserted: Lift['inserted'];
  readonly missing: readonly string[];
}

/** The builder as an expression that is called, or the statements that the model is made by. */
function coreOf(reading: Reading, choice: BuilderChoice): Core | null {
  const { builder } = reading;
  const inline = innerSlice(reading);
  if (alsoTrains(reading) || builder.kind === 'method') {
    if (!inline?.wholeAt) return null;
    const { span, bodySpan } = builder.function;
    const end = Math.min(span.end, bodySpan.end);
    return {
      pieces: inline.kept.map((piece) => ({ start: piece.start, end: Math.min(piece.end, end) })),
      inserted: [
        ...inline.kept.map((piece) => ({ at: piece.end, text: ';' })),
        { at: inline.wholeAt.end, text: ` return ${inline.name};` },
      ],
      missing: [],
    };
  }
  const { span } = builder.function;
  const { source, missing } = argumentsOf(reading, choice);
  return {
    pieces: [span],
    inserted: [
      { at: span.start, text: ' return await (' },
      { at: span.end, text: `)(${source});` },
    ],
    missing,
  };
}

/** Statements of the functions around that give what the pieces mention its value. */
function neededAround(reading: Reading, pieces: readonly Span[]): readonly Span[] {
  const { builder, module } = reading;
  const bodies = (builder.around ?? []).flatMap(({ body }) => body);
  const needed = new Set(pieces.flatMap((piece) => namesIn(textAt(module.text, piece))));
  const kept = new Set<Statement>();
  const isMissing = (one: Statement): boolean =>
    !kept.has(one) &&
    !holds(one.span, builder.span) &&
    (one.kind === 'function' || one.span.end <= builder.span.start) &&
    serves(one, module, needed);
  for (let next = bodies.find(isMissing); next; next = bodies.find(isMissing)) {
    kept.add(next);
    for (const name of namesIn(textAt(module.text, next.span))) needed.add(name);
  }
  return [...kept].map(({ span }) => span);
}

interface Outer {
  readonly name: string;
  readonly source: string;
}

/** What the functions around are given, as far as the data say it. */
const outerParameters = ({ builder: { around = [] } }: Reading): readonly Outer[] =>
  around
    .flatMap(({ parameters }: FunctionCode) => parameters)
    .flatMap(boundNames)
    .map((name) => ({ name, source: dataArgument(name) ?? 'undefined' }));

const isMissing = ({ source }: Outer): boolean => source === 'undefined';

function boundNames(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'name') return [pattern.name];
  if (pattern.kind === 'members') return pattern.members.map(({ name }) => name);
  const names = pattern.kind === 'items' ? pattern.items : pattern.names;
  return names.filter((name) => name !== null);
}

/** What lies in a range outside of the pieces, which are in order. */
function between({ start, end }: Span, pieces: readonly Span[]): readonly Span[] {
  const starts = [start, ...pieces.map((piece) => piece.end)];
  const ends = [...pieces.map((piece) => piece.start), end];
  return starts.flatMap((from, index) => {
    const to = ends[index] ?? end;
    return from < to ? [{ start: from, end: to }] : [];
  });
}

const holds = (outer: Span, inner: Span): boolean =>
  outer.start <= inner.start && outer.end >= inner.end;

const textAt = (text: string, { start, end }: Span): string => text.slice(start, end);
