import type { LayerSpec } from '../../../model/edits.ts';
import type { DeclareStatement, Expression } from '../code/code.ts';
import { cannotEditError } from '../errors.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { indentAt, insertion, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement, removeStatement } from './statements.ts';
import { assignments, derivedName, inputOf, tensorOf, usualCast } from './tensors.ts';
import type { Tensor } from './tensors.ts';

/** Inserts layers behind the layer at `after` of a functional model, or behind its input. */
export function insertFunctional(
  context: EditContext,
  after: number | 'input',
  specs: readonly LayerSpec[],
): readonly Patch[] {
  const index = after === 'input' ? onlyInput(context) : after;
  const tensor = tensorOf(context, index);
  if (tensor.kind === 'part') return wrapped(context, tensor, specs);
  const steps = tensor.reassigned
    ? specs.map(() => tensor.name)
    : newNames(context, tensor.name, specs);
  const last = steps.at(-1) ?? tensor.name;
  const behind = tensor.statement.span.end;
  const renames = tensor.reassigned
    ? []
    : readers(context, index, tensor, last).filter(({ start }) => start >= behind);
  if (!tensor.reassigned && renames.length === 0)
    throw cannotEditError(`nothing reads \`${tensor.name}\``);
  return [
    insertAfterStatement(
      context.text,
      tensor.statement.span,
      statementsFor(context, tensor, specs, steps),
    ),
    ...renames,
  ];
}

/** Takes a layer out of a functional model; what read it reads its input. */
export function removeFunctional(context: EditContext, index: number): readonly Patch[] {
  const input = inputOf(context, index);
  const tensor = tensorOf(context, index);
  return [...dropped(context, tensor, input), ...factoryVariable(context, index)];
}

/** Uses of a tensor's variable; the model's own `inputs` stay what they are. */
export function readers(
  context: EditContext,
  index: number,
  tensor: Extract<Tensor, { kind: 'variable' }>,
  to: string,
): Patch[] {
  const isInput = context.layer(index).draft.type === 'inputLayer';
  const kept = isInput ? modelInputs(context) : null;
  return context
    .renames(tensor.name, to, tensor.statement.span.end)
    .filter(({ start }) => !kept || start < kept.start || start >= kept.end);
}

function modelInputs(context: EditContext): { start: number; end: number } | null {
  const config = context.reading.model?.call.arguments[0]?.value;
  const entry =
    config?.kind === 'object' ? config.entries.find(({ key }) => key === 'inputs') : undefined;
  return entry ? entry.span : null;
}

function onlyInput(context: EditContext): number {
  const inputs = context.reading.layers.flatMap(({ draft }, index) =>
    draft.type === 'inputLayer' ? [index] : [],
  );
  const [input] = inputs;
  if (input === undefined || inputs.length > 1)
    throw cannotEditError('the model does not have exactly one input');
  return input;
}

function newNames(context: EditContext, name: string, specs: readonly LayerSpec[]): string[] {
  const names: string[] = [];
  for (const spec of specs) {
    let fresh = context.freshName(derivedName(name, spec.type));
    while (names.includes(fresh)) fresh += 'Next';
    names.push(fresh);
  }
  return names;
}

function statementsFor(
  context: EditContext,
  tensor: Extract<Tensor, { kind: 'variable' }>,
  specs: readonly LayerSpec[],
  names: readonly string[],
): string[] {
  const cast = tensor.cast === '' ? usualCast(context) : tensor.cast;
  const indent = indentAt(context.text, tensor.statement.span.start);
  return specs.map((spec, index) => {
    const name = names[index] ?? tensor.name;
    const input = index === 0 ? tensor.name : (names[index - 1] ?? tensor.name);
    const head = tensor.reassigned ? `${name} = ` : `const ${name} = `;
    const tail = `.apply(${input})${cast}${context.style.semicolon}`;
    return `${head}${context.printer.layer(spec, indent, head.length + tail.length)}${tail}`;
  });
}

/** `last.apply(first.apply(expression))`. */
function wrapped(
  context: EditContext,
  { span }: Extract<Tensor, { kind: 'part' }>,
  specs: readonly LayerSpec[],
): Patch[] {
  const indent = indentAt(context.text, span.start);
  const before = specs
    .toReversed()
    .map((spec) => `${context.printer.layer(spec, indent)}.apply(`)
    .join('');
  return [insertion(span.start, before), insertion(span.end, ')'.repeat(specs.length))];
}

function dropped(context: EditContext, tensor: Tensor, input: Expression): Patch[] {
  const source = context.slice(input.span);
  if (tensor.kind === 'part') return [replacement(tensor.span, source)];
  const { statement, name } = tensor;
  if (statement.keyword === '' && input.kind === 'name' && input.name === name)
    return [removeStatement(context.text, statement.span)];
  if (input.kind !== 'name') return [replacement(unwrap(statement.value ?? input).span, source)];
  if (statement.keyword === 'const' && isSteady(context, input.name)) {
    return [
      removeStatement(context.text, statement.span),
      ...context.renames(name, input.name, statement.span.end),
    ];
  }
  const next = statement.keyword === 'let' ? soleNextAssignment(context, tensor) : null;
  if (next)
    return [
      removeStatement(context.text, statement.span),
      ...redeclared(context, next, { name, to: input.name }),
    ];
  return [replacement(statement.value?.span ?? statement.span, input.name)];
}

/** The name keeps its value all through the builder. */
const isSteady = (context: EditContext, name: string): boolean =>
  assignments(context, name).length === 0;

/** The assignment that follows `let x = …` and is the first to read `x`, once. */
function soleNextAssignment(
  context: EditContext,
  { name, statement }: Extract<Tensor, { kind: 'variable' }>,
): DeclareStatement | null {
  const later = context.mentions(name).filter(({ span }) => span.start >= statement.span.end);
  const next = assignments(context, name).find(({ span }) => span.start >= statement.span.end);
  const inNext = next ? later.filter(({ span }) => span.end <= next.span.end) : [];
  return next && inNext.length === 2 && inNext[0]?.span.start === next.span.start ? next : null;
}

/** `x = f(x)` as `let x = f(to)`. */
function redeclared(
  context: EditContext,
  statement: DeclareStatement,
  { name, to }: { name: string; to: string },
): Patch[] {
  const [, read] = context.mentions(name).filter(({ span }) => span.start >= statement.span.start);
  return [
    insertion(statement.span.start, 'let '),
    ...(read ? [replacement(read.span, read.shorthand ? `${name}: ${to}` : to)] : []),
  ];
}

/** `const d = tf.layers.dense(…)` goes when it was applied here only. */
function factoryVariable(context: EditContext, index: number): Patch[] {
  const { draft } = context.layer(index);
  for (const statement of context.reading.builder.function.body) {
    if (
      statement.kind !== 'declare' ||
      statement.pattern.kind !== 'name' ||
      statement.value?.span.start !== draft.span.start
    )
      continue;
    const alone =
      statement.value.span.end === draft.span.end &&
      statement.alone &&
      context.mentions(statement.pattern.name).length === 2;
    return alone ? [removeStatement(context.text, statement.span)] : [];
  }
  return [];
}
