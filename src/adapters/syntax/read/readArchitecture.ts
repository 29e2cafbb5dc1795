import type { Architecture, CompileCall, Layer, Optimizer } from '../../../model/architecture.ts';
import type { NamedValue, Value } from '../../../model/values.ts';
import type { BuilderCode, MemberPattern, ModuleCode, Pattern, Statement } from '../code/code.ts';
import { Follower } from './follow.ts';
import { kerasDialect } from './kerasDialect.ts';
import { Lines } from './lines.ts';
import type { CompileDraft, ModelDraft, PlacedLayer } from './drafts.ts';
import type { Reading } from './reading.ts';
import { Scope, UNKNOWN } from './scope.ts';
import type { Meaning } from './scope.ts';
import { tfjsDialect } from './tfjsDialect.ts';
import { ValueReader } from './values.ts';

/** Follows a builder and says what it builds. */
export function readArchitecture(module: ModuleCode, builder: BuilderCode): Reading {
  const lines = new Lines(module.text);
  const dialect = module.language === 'python' ? kerasDialect : tfjsDialect;
  const values = new ValueReader(module.text, dialect, lines);
  const follower = new Follower(values, dialect);
  const outside = new Scope(null);
  follower.module(module.statements, outside);
  const scope = new Scope(outside);
  bindParameters(builder, scope);
  const outcome = outcomeOf(follower, follower.builder(builder.function, scope));
  const compile = follower.ledger.compile;
  const architecture: Architecture = {
    language: module.language,
    builder: {
      name: builder.name,
      kind: builder.kind,
      range: lines.range(builder.span),
      body: lines.range(builder.function.bodySpan),
      ...defaultsOf(builder, values, outside),
    },
    style: outcome.model?.kind ?? 'opaque',
    layers: outcome.layers.map((layer, index) => layerOf(layer, index, lines)),
    compile: compile && compileOf(compile, { values, lines, scope }),
    helpers: helpersOf(module, builder),
    ...unfollowed(
      outcome.layers,
      outcome.model,
      module.text.slice(builder.span.start, builder.span.end),
    ),
  };
  return {
    architecture,
    module,
    builder,
    layers: outcome.layers,
    model: outcome.model,
    compile,
    scope,
  };
}

/**
 * Parameters hide what the file binds under the same name, except the runtime itself
 * (`buildModel(tf, …)`).
 */
function bindParameters(builder: BuilderCode, scope: Scope): void {
  for (const name of builder.function.parameters.flatMap(namesOf)) {
    scope.declare(name, name === 'tf' ? { kind: 'runtime', path: '' } : UNKNOWN);
  }
}

function namesOf(pattern: Pattern): readonly string[] {
  if (pattern.kind === 'name') return [pattern.name];
  return pattern.kind === 'members' ? pattern.members.map(({ name }) => name) : pattern.names;
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
  readonly model: ModelDraft | null;
  readonly layers: readonly PlacedLayer[];
}

function outcomeOf({ ledger }: Follower, returned: Meaning): Outcome {
  const model =
    returned.kind === 'model' && returned.model.followed && ledger.followed ? returned.model : null;
  if (!model)
    return { model, layers: ledger.layers.map((layer) => ({ ...layer, conditional: true })) };
  const kept =
    model.kind === 'sequential' ? [...model.layers] : ancestors(ledger.layers, model.layers);
  const layers = kept.flatMap((index) => {
    const layer = ledger.layers[index];
    return layer ? [{ ...layer, inputs: layer.inputs.map((input) => kept.indexOf(input)) }] : [];
  });
  return { model, layers };
}

/** The layers that `outputs` depend on, in order. */
function ancestors(layers: readonly PlacedLayer[], outputs: readonly number[]): number[] {
  const reached = new Set<number>();
  const visit = (index: number): void => {
    if (reached.has(index)) return;
    reached.add(index);
    for (const input of layers[index]?.inputs ?? []) visit(input);
  };
  for (const output of outputs) visit(output);
  return [...reached].sort((a, b) => a - b);
}

const layerOf = (layer: PlacedLayer, index: number, lines: Lines): Layer => ({
  index,
  type: layer.draft.type,
  arguments: layer.draft.arguments,
  range: lines.range(layer.draft.span),
  inputs: layer.inputs,
  conditional: layer.conditional,
});

function unfollowed(
  layers: readonly PlacedLayer[],
  model: ModelDraft | null,
  source: string,
): { unfollowed?: string } {
  if (model && layers.every(({ conditional }) => !conditional)) return {};
  return { unfollowed: source.replaceAll(/\s+/g, ' ') };
}

interface CompilePlace {
  readonly values: ValueReader;
  readonly lines: Lines;
  readonly scope: Scope;
}

function compileOf(draft: CompileDraft, { values, lines, scope }: CompilePlace): CompileCall {
  const args = values.arguments(draft.call, 'compile', scope);
  const optimizer = args.find(({ name }) => name === 'optimizer');
  return {
    range: lines.range(draft.call.span),
    optimizer: optimizer ? { ...optimizerOf(optimizer.value), range: optimizer.range } : null,
    loss: args.find(({ name }) => name === 'loss')?.value ?? null,
    arguments: args,
  };
}

const OPTIMIZERS = new Set(['adam', 'sgd', 'rmsprop', 'momentum', 'adamax', 'adagrad', 'adadelta']);

function optimizerOf(value: Value): Omit<Optimizer, 'range'> {
  if (value.kind === 'string') return { type: knownOptimizer(value.value), learningRate: null };
  if (value.kind !== 'call') return { type: 'other', learningRate: null };
  const rate = value.arguments.find(({ name }) => name === '0' || name === 'learningRate')?.value;
  const momentum = value.arguments.find(({ name }) => name === 'momentum')?.value;
  const type = knownOptimizer(value.callee.replace(/^train\./, ''));
  const moving = type === 'sgd' && momentum?.kind === 'number' && momentum.value !== 0;
  return {
    type: moving ? 'momentum' : type,
    learningRate: rate?.kind === 'number' ? rate.value : null,
  };
}

function knownOptimizer(name: string): string {
  const lower = name.toLowerCase();
  return OPTIMIZERS.has(lower) ? lower : 'other';
}

/** Functions at the top of the file that the builder names. */
function helpersOf(module: ModuleCode, builder: BuilderCode): string[] {
  const mentioned = new Set(module.mentions.map(({ name }) => name));
  const source = module.text.slice(builder.span.start, builder.span.end);
  const named = (name: string): boolean =>
    module.language === 'python' ? new RegExp(`\\b${name}\\b`).test(source) : mentioned.has(name);
  return module.statements.flatMap((statement) => functionName(statement)).filter(named);
}

function functionName(statement: Statement): string[] {
  if (statement.kind === 'function') return [statement.name];
  if (statement.kind !== 'declare' || statement.pattern.kind !== 'name') return [];
  return statement.value?.kind === 'function' ? [statement.pattern.name] : [];
}
