import type { Branch } from '../../../model/edits.ts';
import type { DeclareStatement } from '../code/code.ts';
import { cannotEditError } from '../errors.ts';
import type { EditContext } from './editContext.ts';
import { readers } from './functionalEdits.ts';
import { indentAt, insertion, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { insertAfterStatement, insertBeforeStatement } from './statements.ts';
import { assignments, derivedName, tensorOf, usualCast } from './tensors.ts';
import type { Tensor } from './tensors.ts';

/** A tensor's name where it is needed, and what has to be written so that it has one. */
interface Named {
  readonly name: string;
  readonly patches: readonly Patch[];
}

/** Joins a second way to what a layer of a functional model gives. */
export function addBranch(context: EditContext, branch: Branch): readonly Patch[] {
  const isNoWay = branch.from === branch.to && branch.layers.length === 0;
  if (branch.from > branch.to || isNoWay)
    throw cannotEditError('a second way runs from an earlier layer to a later one');
  const to = tensorOf(context, branch.to);
  if (branch.from === branch.to && to.kind === 'part') return joinedAround(context, branch, to);
  const from = kept(context, tensorOf(context, branch.from), to);
  const join =
    to.kind === 'variable'
      ? joinStatements(context, branch, { to, from: from.name })
      : joinInside(context, branch, { to, from: from.name });
  return [...from.patches, ...join];
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

interface Join<T extends Tensor['kind']> {
  readonly to: Extract<Tensor, { kind: T }>;
  readonly from: string;
}

/** Statements behind the one that computes `to`. */
function joinStatements(
  context: EditContext,
  branch: Branch,
  { to, from }: Join<'variable'>,
): readonly Patch[] {
  const { printer, style } = context;
  const indent = indentAt(context.text, to.statement.span.start);
  const tail = `${to.cast === '' ? usualCast(context) : to.cast}${style.semicolon}`;
  const way = wayStatements(context, branch, { from, indent, tail });
  const type = branch.merge.type;
  const sum = to.reassigned ? to.name : context.freshName(derivedName(to.name, type));
  const added = `${printer.layer(branch.merge, indent)}.apply([${to.name}, ${way.name}])${tail}`;
  const statement = to.reassigned ? `${sum} = ${added}` : `const ${sum} = ${added}`;
  const renames = to.reassigned ? [] : readers(context, branch.to, to, sum);
  return [
    insertAfterStatement(context.text, to.statement.span, [...way.statements, statement]),
    ...renames,
  ];
}

interface Place {
  readonly from: string;
  readonly indent: string;
  readonly tail: string;
}

/** The layers of the second way, one a statement, and the name that holds what they give. */
function wayStatements(
  context: EditContext,
  { layers }: Branch,
  { from, indent, tail }: Place,
): { readonly name: string; readonly statements: readonly string[] } {
  if (layers.length === 0) return { name: from, statements: [] };
  const name = context.freshName(layers.length === 1 ? 'projected' : 'gate');
  const statements = layers.map((spec, index) => {
    const input = index === 0 ? from : name;
    const width = name.length + input.length + tail.length + 20;
    const keyword = layers.length === 1 ? 'const ' : index === 0 ? 'let ' : '';
    const factory = context.printer.layer(spec, indent, width);
    return `${keyword}${name} = ${factory}.apply(${input})${tail}`;
  });
  return { name, statements };
}

/** The layers of the second way around what they are applied to. */
const wayInside = (
  { printer }: EditContext,
  { layers }: Branch,
  { from, indent, cast }: { from: string; indent: string; cast: string },
): string =>
  layers.reduce((input, spec) => `${printer.layer(spec, indent)}.apply(${input})${cast}`, from);

/** The join around the expression that computes `to`. */
function joinInside(
  context: EditContext,
  branch: Branch,
  { to, from }: Join<'part'>,
): readonly Patch[] {
  const indent = indentAt(context.text, to.span.start);
  const cast = usualCast(context);
  const other = wayInside(context, branch, { from, indent, cast });
  return [
    insertion(to.span.start, `${context.printer.layer(branch.merge, indent)}.apply([`),
    insertion(to.span.end, `${cast}, ${other}])`),
  ];
}

/** An expression that both ways start from: kept under a name, and joined in its place. */
function joinedAround(
  context: EditContext,
  branch: Branch,
  to: Extract<Tensor, { kind: 'part' }>,
): readonly Patch[] {
  const name = context.freshName('shortcut');
  const indent = indentAt(context.text, to.span.start);
  const cast = usualCast(context);
  const other = wayInside(context, branch, { from: name, indent, cast });
  const join = `${context.printer.layer(branch.merge, indent)}.apply([${name}, ${other}])`;
  const statement = `const ${name} = ${context.slice(to.span)}${cast}` + context.style.semicolon;
  return [
    insertBeforeStatement(context.text, to.statement, [statement]),
    replacement(to.span, join),
  ];
}
