import { cannotEditError } from '../../errors.ts';
import type { Span } from '../../code/span.ts';
import { asInput } from '../../write/functionalPromise.ts';
import { indentAt, lineEnd, patchedSlice, replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { isInputShape } from '../../write/promisedLayers.ts';
import { insertAfterStatement, removeStatement } from '../../write/statements.ts';
import type { Call, Statement } from '../code/tree.ts';
import type { PlacedLayer } from '../read/reading.ts';
import { snake } from './names.ts';
import type { PythonContext } from './pythonContext.ts';
import { removeArgument } from './setArguments.ts';

/** A sequential model of Keras, and how its layers are written. */
interface Chain {
  readonly context: PythonContext;
  readonly call: Call;
  readonly statement: Statement;
  readonly inputs: string;
  readonly x: string;
}

/**
 * Writes a sequential model of Keras as the same chain of calls: `inputs`, `x = layer(x)`,
 * `keras.Model(inputs, x)`.
 */
export function functionalForm(context: PythonContext): readonly Patch[] {
  const { model, layers } = context.reading;
  if (model?.kind !== 'sequential' || !model.call)
    throw cannotEditError('the model is not made by a call of `Sequential`');
  const chain: Chain = {
    context,
    call: model.call,
    statement: model.statement,
    inputs: context.freshName('inputs'),
    x: context.freshName('x'),
  };
  const kinds = new Set(layers.map((_, index) => context.editable(index).site.kind));
  const [kind, ...others] = kinds;
  if (others.length > 0 || (kind !== 'item' && kind !== 'add'))
    throw cannotEditError('the layers stand neither in one list nor in `model.add(…)` alone');
  return kind === 'item' ? ofList(chain) : ofAdds(chain);
}

function ofList(chain: Chain): readonly Patch[] {
  const { context, statement } = chain;
  const lines = [inputLine(chain), ...layerLines(chain).flat(), modelLine(chain)];
  return [
    replacement(statement.span, lines.join(`\n${indentAt(context.text, statement.span.start)}`)),
  ];
}

/** Each `model.add(layer)` becomes a line of the chain; the model is made behind the last. */
function ofAdds(chain: Chain): readonly Patch[] {
  const { context, statement } = chain;
  const adds = context.reading.layers.flatMap(({ site, draft }) =>
    site.kind === 'add' ? [{ statement: site.statement, type: draft.type }] : [],
  );
  const last = adds.at(-1);
  if (!last) throw cannotEditError('the model has no layers');
  requireOnlyAdds(chain, { adds: adds.length, end: last.statement.span.end });
  const lines = layerLines(chain);
  const chained = adds.filter(({ type }) => type !== 'inputLayer');
  const gone = adds.filter(({ type }) => type === 'inputLayer');
  return [
    replacement(statement.span, inputLine(chain)),
    ...gone.map((add) => removeStatement(context.text, add.statement.span)),
    ...chained.map((add, index) =>
      replacement(add.statement.span, (lines[index] ?? []).join('\n')),
    ),
    insertAfterStatement(context.text, last.statement.span, [modelLine(chain)]),
  ];
}

function requireOnlyAdds(
  { context, statement }: Chain,
  { adds, end }: { readonly adds: number; readonly end: number },
): void {
  const name = nameOf(statement);
  const between = context.text.slice(statement.span.end, end);
  const mentions =
    name === null ? -1 : [...between.matchAll(new RegExp(`\\b${name}\\b`, 'g'))].length;
  if (mentions !== adds) throw cannotEditError('the model is used before its last layer is added');
}

const nameOf = (statement: Statement): string | null => {
  const target =
    statement.kind === 'assign' && statement.targets.length === 1 && statement.targets[0];
  return target && target.kind === 'name' ? target.name : null;
};

/** `inputs = keras.Input(shape=(8,))`, by the input layer or by what the first layer says. */
function inputLine({ context, inputs }: Chain): string {
  const [first] = context.reading.layers;
  if (first?.draft.type === 'inputLayer' && first.draft.call)
    return `${inputs} = ${context.slice(first.draft.call.span)}`;
  const shape = first?.draft.arguments.find(({ name }) => isInputShape(name));
  if (!shape) throw cannotEditError('the model does not state the shape of its input');
  const { name, value } = asInput(shape);
  const callee = context.printer.reach('keras.Input');
  return `${inputs} = ${callee}(${snake(name)}=${context.printer.value(value)})`;
}

/** `x = layer(x)` for each, with the comments of its item. */
function layerLines(chain: Chain): readonly (readonly string[])[] {
  const { context, inputs, x } = chain;
  const layers = context.reading.layers.flatMap((layer, index) =>
    layer.draft.type === 'inputLayer' ? [] : [{ layer, index }],
  );
  return layers.map(({ layer, index }, step) => {
    const span = writtenSpan(layer);
    const shapes = layer.draft.arguments.filter(({ name }) => index === 0 && isInputShape(name));
    const patches = shapes.flatMap(({ name }) => removeArgument(context, index, name));
    const source = moved(chain, span, patchedSlice(context.text, span, patches));
    const { before, behind } = commentsAround(chain, layer);
    return [...before, `${x} = ${source}(${step === 0 ? inputs : x})${behind}`];
  });
}

/** Lines taken from the indentation of a list's item to that of the model's statement. */
function moved({ context: { text }, statement }: Chain, { start }: Span, source: string): string {
  const [from, to] = [indentAt(text, start), indentAt(text, statement.span.start)];
  const [first = '', ...rest] = source.split('\n');
  const shifted = rest.map((line) => (line.startsWith(from) ? to + line.slice(from.length) : line));
  return [first, ...shifted].join('\n');
}

function writtenSpan({ site, draft }: PlacedLayer): Span {
  const span =
    site.kind === 'item'
      ? site.items[site.index]
      : site.kind === 'add'
        ? site.call.arguments[0]?.value.span
        : undefined;
  if (!span || !draft.call || draft.call.span.start !== span.start)
    throw cannotEditError('a layer is not made where it is put into the model');
  return span;
}

/** Comments above an item of a list and behind it in its line; those of a statement stay. */
function commentsAround(
  { context: { text, reading } }: Chain,
  { site }: PlacedLayer,
): { readonly before: readonly string[]; readonly behind: string } {
  if (site.kind !== 'item') return { before: [], behind: '' };
  const own = site.items[site.index];
  const end = own?.end ?? 0;
  const previous = site.items[site.index - 1]?.end ?? site.list.start;
  const next = site.items[site.index + 1]?.start ?? site.list.end;
  const comments = reading.module.comments;
  const above = comments.filter(
    (it) => it.start > lineEnd(text, previous) - 1 && it.end <= (own?.start ?? 0),
  );
  const behind = comments.find(
    (it) => it.start >= end && it.end <= Math.min(next, lineEnd(text, end)),
  );
  const words = ({ start, end: until }: Span): string => text.slice(start, until);
  return { before: above.map(words), behind: behind ? `  ${words(behind)}` : '' };
}

/** `model = keras.Model(inputs, x)`, or returned, with what `Sequential` was told besides. */
function modelLine({ context, statement, call, inputs, x }: Chain): string {
  const value = statement.kind === 'assign' || statement.kind === 'return' ? statement.value : null;
  if (value?.kind !== 'call' || value.span.start !== call.span.start)
    throw cannotEditError('the model is not made in a statement of its own');
  const told = call.arguments
    .filter(({ name }) => name !== null && name !== 'layers')
    .map(({ span }) => context.slice(span));
  const head = context.slice({ start: statement.span.start, end: call.span.start });
  return `${head}${context.printer.reach('keras.Model')}(${[inputs, x, ...told].join(', ')})`;
}
