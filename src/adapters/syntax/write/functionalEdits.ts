import type { LayerSpec } from '../../../model/edits.ts';
import { cannotEditError } from '../errors.ts';
import type { EditContext } from './editContext.ts';
import { indentAt, insertion } from './patch.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement } from './statements.ts';
import { derivedName, tensorOf, usualCast } from './tensors.ts';
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
