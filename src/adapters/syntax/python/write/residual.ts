import type { ArchitectureEdit } from '../../../../model/edits.ts';
import { cannotEditError } from '../../errors.ts';
import type { Patch } from '../../write/patch.ts';
import { insertAfterStatement } from '../../write/statements.ts';
import type { Statement } from '../code/tree.ts';
import type { PlacedLayer } from '../read/reading.ts';
import type { PythonContext } from './pythonContext.ts';
import { appliers } from './appliers.ts';
import { printAll } from './printedLayers.ts';
import { variableOf } from './siteVariables.ts';

type Residual = Extract<ArchitectureEdit, { kind: 'addResidual' }>;

/** Adds one layer's output to another's, where both are held by variables. */
export function addResidual(context: PythonContext, edit: Residual): readonly Patch[] {
  if (edit.projection && context.isTorch)
    throw cannotEditError(
      'a residual connection between unlike sizes is not written in PyTorch yet',
    );
  const to = context.editable(edit.to);
  const name = heldIn(to);
  const from = context.editable(edit.from);
  const source = from.site.kind === 'parameter' ? from.site.name : heldIn(from);
  if (to.site.kind !== 'apply') throw notHeld();
  const start = statementOf(from)?.span.end;
  const kept =
    edit.projection !== null ||
    source === name ||
    isReassigned(context, source, { from: start ?? 0, to: to.site.statement.span.start });
  const shortcut = kept ? context.freshName('shortcut') : source;
  const statement = statementOf(from);
  const { made, line } = projected(context, edit, shortcut);
  const sum = insertAfterStatement(context.text, to.site.statement.span, [
    ...line,
    `${name} = ${name} + ${shortcut}`,
  ]);
  if (!kept) return [sum];
  if (!statement) throw cannotEditError('the input is overwritten before it could be added');
  return [
    ...made,
    insertAfterStatement(context.text, statement.span, [`${shortcut} = ${source}`]),
    sum,
  ];
}

/** The layer that brings what is kept to the other's size, where there is one. */
function projected(
  context: PythonContext,
  { from, projection }: Residual,
  shortcut: string,
): { readonly made: readonly Patch[]; readonly line: readonly string[] } {
  if (!projection) return { made: [], line: [] };
  const printed = printAll(context, from, [projection]);
  const beside = context.editable(from);
  const { made, callees } = appliers(context, { specs: [projection], beside }, printed);
  return { made, line: callees.map((callee) => `${shortcut} = ${callee}(${shortcut})`) };
}

const notHeld = (): Error =>
  cannotEditError('the layers around the shortcut are not held by variables');

function heldIn({ site }: PlacedLayer): string {
  const name = site.kind === 'apply' ? variableOf(site) : null;
  if (name === null) throw notHeld();
  return name;
}

const statementOf = ({ site }: PlacedLayer): Statement | null =>
  site.kind === 'apply' ? site.statement : null;

/** Whether a variable takes another tensor between two places. */
function isReassigned(
  { text }: PythonContext,
  name: string,
  { from, to }: { from: number; to: number },
): boolean {
  return new RegExp(`^[\\t ]*${name}\\s*=[^=]`, 'm').test(text.slice(from, to));
}
