import type { ArchitectureEdit, LayerSpec } from '../../../model/edits.ts';
import type { DeclareStatement } from '../code/code.ts';
import { cannotEditError } from '../errors.ts';
import type { EditContext } from './editContext.ts';
import { readers } from './functionalEdits.ts';
import { indentAt, insertion, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement, insertBeforeStatement } from './statements.ts';
import { assignments, derivedName, tensorOf, usualCast } from './tensors.ts';
import type { Tensor } from './tensors.ts';

type Residual = Extract<ArchitectureEdit, { kind: 'addResidual' }>;

/** A tensor's name where it is needed, and what has to be written so that it has one. */
interface Named {
  readonly name: string;
  readonly patches: readonly Patch[];
}

/** Adds one layer's output to another's in a functional model. */
export function addResidual(context: EditContext, edit: Residual): readonly Patch[] {
  if (edit.from >= edit.to)
    throw cannotEditError('a residual connection runs from an earlier layer to a later one');
  const to = tensorOf(context, edit.to);
  const from = kept(context, tensorOf(context, edit.from), to);
  const sum =
    to.kind === 'variable'
      ? sumStatements(context, edit, { to, from: from.name })
      : sumInside(context, edit, { to, from: from.name });
  return [...from.patches, ...sum];
}

/** A name that still holds `from`'s output where `to` has been computed. */
function kept(context: EditContext, from: Tensor, to: Tensor): Named {
  const { semicolon } = context.style;
  if (from.kind === 'part') {
    const name = context.freshName('shortcut');
    const part = `${context.slice(from.span)}${usualCast(context)}`;
    const statement = `const ${name} = ${part}${semicolon}`;
    return {
      name,
      patches: [
        insertBeforeStatement(context.text, from.statement, [statement]),
        replacement(from.span, name),
      ],
    };
  }
  const until = to.kind === 'variable' ? to.statement.span.end : to.span.end;
  const lost = assignments(context, from.name).some(
    ({ span }) => span.start >= from.statement.span.end && span.start < until,
  );
  if (!lost) return { name: from.name, patches: [] };
  const alias = aliasOf(context, from);
  if (alias !== null) return { name: alias, patches: [] };
  const name = context.freshName('shortcut');
  return {
    name,
    patches: [
      insertAfterStatement(context.text, from.statement.span, [
        `const ${name} = ${from.name}${semicolon}`,
      ]),
    ],
  };
}

/** A `const shortcut = x` that already keeps the tensor. */
function aliasOf(
  context: EditContext,
  { name, statement }: Extract<Tensor, { kind: 'variable' }>,
): string | null {
  const next =
    assignments(context, name).find(({ span }) => span.start >= statement.span.end)?.span.start ??
    Infinity;
  const alias = context.reading.host.body.find(
    (other): other is DeclareStatement =>
      other.kind === 'declare' &&
      other.keyword === 'const' &&
      other.span.start > statement.span.start &&
      other.span.end <= next &&
      other.value?.kind === 'name' &&
      other.value.name === name,
  );
  return alias?.pattern.kind === 'name' ? alias.pattern.name : null;
}

interface Sum<T extends Tensor['kind']> {
  readonly to: Extract<Tensor, { kind: T }>;
  readonly from: string;
}

const ADD: LayerSpec = { type: 'add', arguments: [] };

/** Statements behind the one that computes `to`. */
function sumStatements(
  context: EditContext,
  edit: Residual,
  { to, from }: Sum<'variable'>,
): readonly Patch[] {
  const { printer, style } = context;
  const indent = indentAt(context.text, to.statement.span.start);
  const tail = `${to.cast === '' ? usualCast(context) : to.cast}${style.semicolon}`;
  const projected = context.freshName('projected');
  const width = projected.length + from.length + tail.length + 20;
  const projection = edit.projection
    ? [
        `const ${projected} = ` +
          `${printer.layer(edit.projection, indent, width)}.apply(${from})${tail}`,
      ]
    : [];
  const sum = to.reassigned ? to.name : context.freshName(derivedName(to.name, 'add'));
  const added =
    `${printer.layer(ADD, indent)}.apply([${to.name}, ` +
    `${edit.projection ? projected : from}])${tail}`;
  const statement = to.reassigned ? `${sum} = ${added}` : `const ${sum} = ${added}`;
  const renames = to.reassigned ? [] : readers(context, edit.to, to, sum);
  return [
    insertAfterStatement(context.text, to.statement.span, [...projection, statement]),
    ...renames,
  ];
}

/** The sum around the expression that computes `to`. */
function sumInside(
  context: EditContext,
  edit: Residual,
  { to, from }: Sum<'part'>,
): readonly Patch[] {
  const { printer } = context;
  const indent = indentAt(context.text, to.span.start);
  const cast = usualCast(context);
  const other = edit.projection
    ? `${printer.layer(edit.projection, indent)}.apply(${from})${cast}`
    : from;
  return [
    insertion(to.span.start, `${printer.layer(ADD, indent)}.apply([`),
    insertion(to.span.end, `${cast}, ${other}])`),
  ];
}
