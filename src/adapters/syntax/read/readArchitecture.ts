import type {
  Architecture,
  Builder,
  Layer,
  Miss,
  SourceRange,
} from '../../../model/architecture.ts';
import { ofDataByName } from '../../../model/dataParameters.ts';
import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { NamedValue } from '../../../model/values.ts';
import type { FunctionCode, MemberPattern, Statement } from '../code/code.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import { builderLabel, otherBuilders } from './chooseBuilder.ts';
import { compileElsewhere, readCompile } from './compile.ts';
import { Follower } from './follow.ts';
import { Lines } from './lines.ts';
import { bindParameters } from './parameters.ts';
import type { CompileDraft, PlacedLayer } from './drafts.ts';
import type { Reading } from './reading.ts';
import { Scope } from './scope.ts';
import { tfjsDialect } from './tfjsDialect.ts';
import { ValueReader } from './values.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { statementsAround, scopeOf, clearestCall } from './builderScope.ts';

/** Follows a builder and says what it builds. */
export function readArchitecture(
  module: ModuleCode,
  builder: BuilderCode,
  choice: BuilderChoice = {},
): Reading {
  const lines = new Lines(module.text);
  const dialect = tfjsDialect;
  const values = new ValueReader(module.text, dialect, lines);
  const follower = new Follower(values, dialect);
  const outside = new Scope(null);
  follower.module(statementsAround(module, builder), outside);
  const scope = scopeOf(follower, builder, outside);
  bindParameters(
    follower,
    { builder, call: clearestCall(module, builder, { follower, scope }), choice },
    scope,
  );
  const outcome = outcomeOf(follower, follower.builder(builder.function, scope), scope);
  const compile = follower.ledger.compile ?? compileElsewhere(module, builder);
  const host = outcome.model?.frame?.code ?? builder.function;
  const architecture: Architecture = {
    language: module.language,
    builder: {
      name: builderLabel(builder),
      kind: builder.kind,
      range: lines.range(builder.span),
      body: lines.range(builder.function.bodySpan),
      ...handedTo(builder),
      ...defaultsOf(builder, values, outside),
    },
    style: outcome.model?.kind ?? 'opaque',
    layers: outcome.layers.map((layer, index) => layerOf(layer, index, lines)),
    compile: compile && readCompile(compile, { values, lines, scope }),
    helpers: helpersOf(module, builder),
    ...unfollowed(outcome, module.text.slice(builder.span.start, builder.span.end)),
    ...furtherScope(builder, { hosts: [host, ...helpersWith(outcome)], compile, lines }),
    ...missesOf(follower, outcome, lines),
    ...othersOf(module, builder, choice),
    ...((choice.builder !== undefined || choice.arguments !== undefined) && { choice }),
  };
  return { architecture, module, builder, host, ...outcome, compile, scope };
}

/** Said where nobody has named the builder that is meant. */
function othersOf(
  module: ModuleCode,
  builder: BuilderCode,
  choice: BuilderChoice,
): Pick<Architecture, 'others'> {
  const others = choice.builder === undefined ? otherBuilders(module, builder) : [];
  return others.length > 0 ? { others } : {};
}

/** `{ inputShape: shape }`, `numClasses`: parameters that the data fill, under their own names. */
function handedTo(builder: BuilderCode): Pick<Builder, 'handed'> {
  const handed = parametersOf(builder).flatMap(({ key, name }) => {
    const takes = ofDataByName(key);
    return takes ? [{ name, takes }] : [];
  });
  return handed.length > 0 ? { handed } : {};
}

/** The builder's parameters, and the members of those that are taken apart. */
const parametersOf = (builder: BuilderCode): readonly MemberPattern[] =>
  builder.function.parameters.flatMap((pattern): readonly MemberPattern[] =>
    pattern.kind === 'name'
      ? [{ ...pattern, key: pattern.name }]
      : pattern.kind === 'members'
        ? pattern.members
        : [],
  );

/** Default values of the builder's parameters that Cortex can read. */
function defaultsOf(
  builder: BuilderCode,
  values: ValueReader,
  outside: Scope,
): { defaults?: readonly NamedValue[] } {
  const defaults = parametersOf(builder).flatMap(({ name, byDefault }) =>
    byDefault ? [{ name, value: values.read(byDefault, outside).value }] : [],
  );
  return defaults.length > 0 ? { defaults } : {};
}

const layerOf = (layer: PlacedLayer, index: number, lines: Lines): Layer => ({
  index,
  type: layer.draft.type,
  arguments: layer.draft.arguments,
  range: lines.range(layer.draft.span),
  inputs: layer.inputs,
  conditional: layer.conditional,
  ...(layer.certain && { certain: true }),
  ...(isWritable(layer) && { writable: true }),
});

/** A layer that a call in a function of the file makes, though it may not be moved. */
const isWritable = ({ draft, conditional }: PlacedLayer): boolean =>
  conditional && draft.call !== null && draft.frame !== null && draft.type !== 'loadedModel';

function unfollowed({ layers, model }: Outcome, source: string): { unfollowed?: string } {
  if (model && layers.every(({ conditional, certain }) => !conditional || certain)) return {};
  return { unfollowed: source.replaceAll(/\s+/g, ' ') };
}

/** The functions of the file that the layers' calls stand in. */
const helpersWith = ({ layers }: Outcome): readonly FunctionCode[] =>
  layers.flatMap((layer) =>
    isWritable(layer) && layer.draft.frame ? [layer.draft.frame.code] : [],
  );

/** The helpers that the layers stand in, and a `compile` that does not stand in the builder. */
function furtherScope(
  builder: BuilderCode,
  {
    hosts,
    compile,
    lines,
  }: { hosts: readonly FunctionCode[]; compile: CompileDraft | null; lines: Lines },
): { scope?: readonly SourceRange[] } {
  const inBuilder = ({ start, end }: { start: number; end: number }): boolean =>
    start >= builder.span.start && end <= builder.span.end;
  const spans = [
    ...new Set(hosts.map(({ span }) => span)),
    ...(compile?.editable ? [compile.call.span] : []),
  ];
  const outside = spans.filter((span) => !inBuilder(span));
  const apart = outside.filter(
    (span) =>
      !outside.some(
        (other) => other !== span && other.start <= span.start && other.end >= span.end,
      ),
  );
  return apart.length > 0 ? { scope: apart.map((span) => lines.range(span)) } : {};
}

/** Where the reader stopped; said only where something is not known for it. */
function missesOf(
  { ledger }: Follower,
  { layers, model }: Outcome,
  lines: Lines,
): { misses?: readonly Miss[] } {
  const isKnown = model && layers.every(({ conditional, certain }) => !conditional || certain);
  if (isKnown || ledger.misses.length === 0) return {};
  return {
    misses: ledger.misses.map(({ span, why }) => ({ line: lines.lineAt(span.start), why })),
  };
}

/** Functions at the top of the file that the builder names. */
function helpersOf(module: ModuleCode, builder: BuilderCode): string[] {
  const isInside = ({ start }: { start: number }): boolean =>
    start >= builder.span.start && start < builder.span.end;
  const mentioned = new Set(
    module.mentions.filter(({ span }) => isInside(span)).map(({ name }) => name),
  );
  return module.statements
    .flatMap((statement) => functionName(statement))
    .filter((name) => name !== builder.name && mentioned.has(name));
}

function functionName(statement: Statement): string[] {
  if (statement.kind === 'function') return [statement.name];
  if (statement.kind !== 'declare' || statement.pattern.kind !== 'name') return [];
  return statement.value?.kind === 'function' ? [statement.pattern.name] : [];
}
