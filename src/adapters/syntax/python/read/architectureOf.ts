import type {
  Architecture,
  Argument,
  Layer,
  Miss,
  SourceRange,
} from '../../../../model/architecture.ts';
import type { NamedValue } from '../../../../model/values.ts';
import type { Lines } from '../../read/lines.ts';
import type { PythonModule } from '../code/tree.ts';
import type { MaybeBuilder } from './candidates.ts';
import type { Placing } from './ledger.ts';
import type { PlacedLayer, PythonReading } from './reading.ts';
import { trainingIn } from './training.ts';
import type { Parts } from './readingParts.ts';
import { compileOf, compileCall, trainingCall } from './compileCalls.ts';
import { scopeOf } from './scopeOf.ts';
import { spanKey } from '../../code/span.ts';

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

/** Functions at the top of the file that the builder names. */
function helpersOf({ statements, text }: PythonModule, builder: MaybeBuilder): string[] {
  const source = text.slice(builder.span.start, builder.span.end);
  return statements.flatMap((statement) =>
    statement.kind === 'function' &&
    statement.name !== builder.name &&
    new RegExp(`\\b${statement.name}\\b`).test(source)
      ? [statement.name]
      : [],
  );
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
