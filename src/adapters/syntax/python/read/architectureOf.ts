import type {
  Architecture,
  Argument,
  CompileCall,
  Layer,
  Miss,
  SourceRange,
} from '../../../../model/architecture.ts';
import type { BuilderChoice } from '../../../../model/modelFile.ts';
import type { NamedValue } from '../../../../model/values.ts';
import type { Span } from '../../code/span.ts';
import type { Lines } from '../../read/lines.ts';
import type { PythonModule } from '../code/tree.ts';
import type { Candidate } from './candidates.ts';
import type { Outcome } from './followBuilder.ts';
import type { Interpreter } from './interpreter.ts';
import type { Placing } from './ledger.ts';
import { optimizerOf } from '../../read/optimizers.ts';
import type { PlacedLayer, PythonReading, TrainingDraft } from './reading.ts';
import type { Scope } from './scope.ts';
import { trainingIn } from './training.ts';
import type { CompileDraft } from './py.ts';

interface Opened {
  readonly interpreter: Interpreter;
  readonly scope: Scope;
}

/** All that a reading is put together from. */
interface Parts {
  readonly module: PythonModule;
  readonly lines: Lines;
  readonly builder: Candidate;
  readonly outcome: Outcome;
  readonly opened: Opened;
  /** The file as it runs by itself. */
  readonly script: Opened;
  readonly choice: BuilderChoice;
}

/** Says what was followed in the words of the model. */
export function architectureOf(parts: Parts): PythonReading {
  const { module, lines, builder, outcome, opened } = parts;
  const layers = withCounts(outcome.layers);
  const compile = compileOf(parts);
  const training =
    outcome.framework === 'torch' ? trainingIn(module, opened.interpreter, opened.scope) : null;
  const scope = scopeOf(parts, layers, compile ?? training);
  const architecture: Architecture = {
    language: 'python',
    framework: outcome.framework,
    builder: {
      name: builder.name,
      kind: builder.owner || builder.kind === 'class' ? 'method' : 'function',
      range: lines.range(builder.span),
      body: lines.range(builder.bodySpan),
      ...defaultsOf(parts),
    },
    style: outcome.model?.kind ?? 'opaque',
    layers: layers.map((layer, index) => layerOf(layer, { index, lines })),
    compile: compile ? compileCall(compile, parts) : training && trainingCall(training, lines),
    helpers: helpersOf(module, builder),
    ...unfollowed(parts, layers, scope),
    ...(scope.length > 0 && { scope }),
    ...missesOf(parts),
    ...(Object.keys(parts.choice).length > 0 && { choice: parts.choice }),
  };
  return {
    architecture,
    module,
    builder,
    layers,
    model: outcome.model,
    framework: outcome.framework,
    compile,
    training,
    scope: opened.scope,
  };
}

/** Says of every layer whether its source stands for it alone. */
function withCounts(layers: readonly Placing[]): readonly PlacedLayer[] {
  const count = (key: (layer: Placing) => string): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (const layer of layers) counts.set(key(layer), (counts.get(key(layer)) ?? 0) + 1);
    return counts;
  };
  const made = ({ draft }: Placing): string => spanKey(draft.span);
  const put = ({ site }: Placing): string => (site.kind === 'apply' ? spanKey(site.span) : '');
  const [drafts, sites] = [count(made), count(put)];
  return layers.map((layer, index) => {
    const first = layers.findIndex(({ draft }) => draft === layer.draft);
    const shared = (drafts.get(made(layer)) ?? 0) > 1;
    const repeated = layer.site.kind === 'apply' && (sites.get(put(layer)) ?? 0) > 1;
    return {
      ...layer,
      reuses: first < index ? first : null,
      conditional: layer.uncertain || shared || repeated || layer.draft.type === 'operation',
    };
  });
}

const spanKey = ({ start, end }: Span): string => `${start}–${end}`;

function layerOf(layer: PlacedLayer, { index, lines }: { index: number; lines: Lines }): Layer {
  const { draft, inputs, conditional, uncertain, reuses } = layer;
  return {
    index,
    type: draft.type,
    arguments: draft.arguments.map((argument) => withLines(argument, lines)),
    range: lines.range(draft.span),
    inputs,
    conditional,
    ...(conditional && !uncertain && { certain: true }),
    ...(reuses !== null && { reuses }),
  };
}

const withLines = (argument: Argument, lines: Lines): Argument =>
  argument.range.startLine > 0 ? argument : { ...argument, range: lines.range(argument.range) };

/** Default values of the builder's own parameters. */
function defaultsOf({ builder, opened }: Parts): { defaults?: readonly NamedValue[] } {
  const { statement } = builder;
  if (statement?.kind !== 'function') return {};
  const { interpreter, scope } = opened;
  const defaults = statement.code.parameters.flatMap(({ name, byDefault }) => {
    if (!byDefault) return [];
    const value = interpreter.evaluate(byDefault, scope);
    return [{ name, value: interpreter.reader.value(value, byDefault, (_, text) => text, name) }];
  });
  return defaults.length > 0 ? { defaults } : {};
}

/** The model's own `compile`, else that of the script that trains it. */
function compileOf({ outcome, script }: Parts): CompileDraft | null {
  if (outcome.model?.compile) return outcome.model.compile;
  const call = outcome.model?.call;
  const made = script.interpreter.ledger.made.map((one) => one.model);
  const same = made.filter(
    ({ call: other, compile }) =>
      compile !== null &&
      (call ? other !== null && spanKey(other.span) === spanKey(call.span) : false),
  );
  const compiled = made.filter(({ compile }) => compile !== null);
  const [only, ...others] = same.length > 0 ? same : compiled;
  return only && others.length === 0 ? only.compile : null;
}

function compileCall(draft: CompileDraft, { lines, builder }: Parts): CompileCall {
  const optimizer = draft.arguments.find(({ name }) => name === 'optimizer');
  const inside =
    draft.call.span.start >= builder.span.start && draft.call.span.end <= builder.span.end;
  return {
    range: lines.range(draft.call.span),
    optimizer: optimizer ? { ...optimizerOf(optimizer.value), range: optimizer.range } : null,
    loss: draft.arguments.find(({ name }) => name === 'loss')?.value ?? null,
    arguments: draft.arguments,
    ...(!inside && { elsewhere: '' }),
  };
}

/** PyTorch's optimiser and loss, as `compile` would say them. */
function trainingCall(draft: TrainingDraft, lines: Lines): CompileCall {
  const range = lines.range(draft.optimizer.span);
  const rate = draft.optimizerArguments.find(({ name }) => name === 'learningRate')?.value;
  const args = draft.optimizerArguments.filter(({ name }) => name !== 'params');
  const optimizer: Argument = {
    name: 'optimizer',
    value: { kind: 'call', callee: `train.${draft.type}`, arguments: args },
    constant: null,
    range,
  };
  const loss: readonly Argument[] =
    draft.loss && draft.lossName
      ? [
          {
            name: 'loss',
            value: { kind: 'string', value: draft.lossName },
            constant: null,
            range: lines.range(draft.loss.span),
          },
        ]
      : [];
  return {
    range,
    optimizer: {
      ...optimizerOf(optimizer.value),
      learningRate: rate?.kind === 'number' ? rate.value : null,
      range,
    },
    loss: loss[0]?.value ?? null,
    arguments: [optimizer, ...loss],
    elsewhere: '',
  };
}

/** Functions at the top of the file that the builder names. */
function helpersOf({ statements, text }: PythonModule, builder: Candidate): string[] {
  const source = text.slice(builder.span.start, builder.span.end);
  return statements.flatMap((statement) =>
    statement.kind === 'function' &&
    statement.name !== builder.name &&
    new RegExp(`\\b${statement.name}\\b`).test(source)
      ? [statement.name]
      : [],
  );
}

/** Functions and classes outside the builder that its layers are written in, and its training. */
function scopeOf(
  { module, lines, builder }: Parts,
  layers: readonly PlacedLayer[],
  training: CompileDraft | TrainingDraft | null,
): readonly SourceRange[] {
  const places = layers.flatMap(({ draft, site, conditional }) =>
    conditional ? [] : [draft.span, ...(site.kind === 'apply' ? [site.span] : [])],
  );
  const parts = module.statements.flatMap((statement) => {
    const holder = statement.kind === 'function' || statement.kind === 'class';
    const holds = places.some(
      ({ start, end }) => start >= statement.span.start && end <= statement.span.end,
    );
    return holder && holds && !contains(builder.span, statement.span) ? [statement.span] : [];
  });
  const outside = parts.filter((span) => !contains(span, builder.span));
  const calls = callsOf(training).filter(
    (span) => !contains(builder.span, span) && !outside.some((part) => contains(part, span)),
  );
  return [...outside, ...calls]
    .toSorted((a, b) => a.start - b.start)
    .map((span) => lines.range(span));
}

const contains = (outer: Span, inner: Span): boolean =>
  inner.start >= outer.start && inner.end <= outer.end;

function callsOf(training: CompileDraft | TrainingDraft | null): readonly Span[] {
  if (!training) return [];
  if ('call' in training) return [training.call.span];
  return [training.optimizer.span, ...(training.loss ? [training.loss.span] : [])];
}

function unfollowed(
  { module, builder, outcome }: Parts,
  layers: readonly PlacedLayer[],
  scope: readonly SourceRange[],
): { unfollowed?: string } {
  const all = outcome.model !== null && layers.every((layer) => !layer.uncertain);
  if (all) return {};
  const source = [builder.span, ...scope].map(({ start, end }) => module.text.slice(start, end));
  return { unfollowed: source.join(' ').replaceAll(/\s+/g, ' ') };
}

function missesOf({ outcome, lines, builder }: Parts): { misses?: readonly Miss[] } {
  const nothing: readonly Miss[] =
    outcome.model === null
      ? [
          {
            line: lines.lineAt(builder.span.start),
            why: `what \`${builder.name}\` gives back cannot be followed to a model`,
          },
        ]
      : [];
  const misses = outcome.obstacles.map(({ span, why }) => ({
    line: lines.lineAt(span.start),
    why,
  }));
  const all = [...misses, ...nothing].slice(0, 12);
  return all.length > 0 ? { misses: all } : {};
}
