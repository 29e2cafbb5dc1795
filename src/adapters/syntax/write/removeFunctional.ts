import type { DeclareStatement, Expression } from '../code/code.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import { insertion, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { removeStatement } from './statements.ts';
import { assignments, inputOf, tensorOf } from './tensors.ts';
import type { Tensor } from './tensors.ts';

/** Takes a layer out of a functional model; what read it reads its input. */
export function removeFunctional(context: EditContext, index: number): readonly Patch[] {
  const input = inputOf(context, index);
  const tensor = tensorOf(context, index);
  return [...dropped(context, tensor, input), ...factoryVariable(context, index)];
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
  for (const statement of context.reading.host.body) {
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
