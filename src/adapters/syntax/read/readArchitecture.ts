import type { Architecture, Layer, Miss, SourceRange } from '../../../model/architecture.ts';
import type { BuilderChoice } from '../../../model/modelFile.ts';
import type { NamedValue } from '../../../model/values.ts';
import type { CallExpression, FunctionCode, MemberPattern, Statement } from '../code/code.ts';
import type { BuilderCode, ModuleCode } from '../code/moduleCode.ts';
import { ancestors } from './ancestors.ts';
import { builderLabel } from './chooseBuilder.ts';
import { compileElsewhere, readCompile } from './compile.ts';
import { Follower } from './follow.ts';
import { Lines } from './lines.ts';
import { modelIn } from './modelIn.ts';
import { bindParameters } from './parameters.ts';
import type { CompileDraft, ModelDraft, PlacedLayer } from './drafts.ts';
import type { Reading } from './reading.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';
import { tfjsDialect } from './tfjsDialect.ts';
import { ValueReader } from './values.ts';

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
      ...defaultsOf(builder, values, outside),
    },
    style: outcome.model?.kind ?? 'opaque',
    layers: outcome.layers.map((layer, index) => layerOf(layer, index, lines)),
    compile: compile && readCompile(compile, { values, lines, scope }),
    helpers: helpersOf(module, builder),
    ...unfollowed(outcome, module.text.slice(builder.span.start, builder.span.end)),
    ...furtherScope(builder, { host, compile, lines }),
    ...missesOf(follower, outcome, lines),
    ...((choice.builder !== undefined || choice.arguments !== undefined) && { choice }),
  };
  return { architecture, module, builder, host, ...outcome, compile, scope };
}

/** Statements of a builder at the top of the file are its own, not those around it. */
const statementsAround = (
  { statements }: ModuleCode,
  { reach }: BuilderCode,
): readonly Statement[] =>
  reach?.kind === 'top'
    ? statements.filter(({ kind }) => kind === 'import' || kind === 'function' || kind === 'class')
    : statements;

/** What can be seen from the builder: names of the functions around it, and its object. */
function scopeOf(follower: Follower, builder: BuilderCode, outside: Scope): Scope {
  let scope = outside;
  for (const { parameters, body } of builder.around ?? []) {
    scope = new Scope(scope);
    for (const pattern of parameters) follower.bindParameter(pattern, UNKNOWN, scope);
    follower.module(body, scope);
  }
  const inner = new Scope(scope);
  const { owner } = builder;
  if (owner && builder.name !== 'constructor')
    inner.declare(
      'this',
      follower.ledger.uncertainly(() => follower.instance(owner, scope, [])),
    );
  if (owner && builder.name === 'constructor')
    inner.declare('this', follower.unbuilt(owner, scope));
  return inner;
}

/** The call in the file whose arguments are known best; `null` without one. */
function clearestCall(
  { calls }: ModuleCode,
  { name, owner, span, reach }: BuilderCode,
  { follower, scope }: { follower: Follower; scope: Scope },
): CallExpression | null {
  const known = (call: CallExpression): number =>
    call.arguments.filter(({ value }) => follower.values.compute(value, scope).kind !== 'unknown')
      .length;
  const outside = (calls.get(name === 'constructor' ? (owner?.name ?? name) : name) ?? []).filter(
    (call) => call.span.start < span.start || call.span.end > span.end,
  );
  const [best] = outside.toSorted((a, b) => known(b) - known(a));
  return reach?.kind === 'top' ? null : (best ?? null);
}

/** Default values of the builder's parameters that Cortex can read. */
function defaultsOf(
  builder: BuilderCode,
  values: ValueReader,
  outside: Scope,
): { defaults?: readonly NamedValue[] } {
  const members = builder.function.parameters.flatMap((pattern): readonly MemberPattern[] =>
    pattern.kind === 'name'
      ? [{ ...pattern, key: pattern.name }]
      : pattern.kind === 'members'
        ? pattern.members
        : [],
  );
  const defaults = members.flatMap(({ name, byDefault }) =>
    byDefault ? [{ name, value: values.read(byDefault, outside).value }] : [],
  );
  return defaults.length > 0 ? { defaults } : {};
}

interface Outcome {
  readonly found: Reading['found'];
  readonly model: ModelDraft | null;
  readonly layers: readonly PlacedLayer[];
}

function outcomeOf({ ledger }: Follower, returned: Meaning, scope: Scope): Outcome {
  const given = modelOf(returned, scope);
  const built = given ?? ledger.models.findLast(isOwn) ?? null;
  const model = built?.followed && ledger.followed ? built : null;
  const found = given || !model ? 'returned' : 'inline';
  if (!model) {
    const layers = ledger.layers.map((layer) => ({ ...layer, conditional: true }));
    return { model, layers, found };
  }
  const kept =
    model.kind === 'sequential' ? [...model.layers] : ancestors(ledger.layers, model.layers);
  const layers = kept.flatMap((index) => {
    const layer = ledger.layers[index];
    if (!layer) return [];
    const inputs = layer.inputs.map((input) => kept.indexOf(input));
    return [reached({ ...layer, inputs }, model)];
  });
  return { model, layers, found };
}

/** What is returned, or what the object has been given. */
function modelOf(returned: Meaning, scope: Scope): ModelDraft | null {
  const self = scope.find('this')?.meaning;
  return modelIn(returned) ?? (self ? modelIn(self) : null);
}

/** A model of this builder that is no part of another. */
const isOwn = ({ applied, frame }: ModelDraft): boolean => applied === 0 && frame !== null;

/** Layers that stand elsewhere than the model itself are shown, and not edited. */
function reached(layer: PlacedLayer, { frame }: ModelDraft): PlacedLayer {
  const { draft, conditional } = layer;
  const isOnce = draft.frame === frame && !draft.repeated && (frame?.calls ?? 1) < 2;
  return conditional || isOnce ? layer : { ...layer, conditional: true, certain: true };
}

const layerOf = (layer: PlacedLayer, index: number, lines: Lines): Layer => ({
  index,
  type: layer.draft.type,
  arguments: layer.draft.arguments,
  range: lines.range(layer.draft.span),
  inputs: layer.inputs,
  conditional: layer.conditional,
  ...(layer.certain && { certain: true }),
});

function unfollowed({ layers, model }: Outcome, source: string): { unfollowed?: string } {
  if (model && layers.every(({ conditional, certain }) => !conditional || certain)) return {};
  return { unfollowed: source.replaceAll(/\s+/g, ' ') };
}

/** The helper that the layers stand in, and a `compile` that does not stand in the builder. */
function furtherScope(
  builder: BuilderCode,
  { host, compile, lines }: { host: FunctionCode; compile: CompileDraft | null; lines: Lines },
): { scope?: readonly SourceRange[] } {
  const inBuilder = ({ start, end }: { start: number; end: number }): boolean =>
    start >= builder.span.start && end <= builder.span.end;
  const spans = [host.span, ...(compile?.editable ? [compile.call.span] : [])];
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
