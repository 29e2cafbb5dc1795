import type { ArchitectureEdit } from '../../../../model/edits.ts';
import { cannotEditError } from '../../errors.ts';
import type { Patch } from '../../write/patch.ts';
import { insertAfterStatement } from '../../write/statements.ts';
import type { Statement } from '../code/tree.ts';
import type { PlacedLayer } from '../read/reading.ts';
import type { PythonContext } from './pythonContext.ts';
import { variableOf } from './siteVariables.ts';

type Residual = Extract<ArchitectureEdit, { kind: 'addResidual' }>;

/** Adds one layer's output to another's, where both are held by variables. */
export function addResidual(context: PythonContext, edit: Residual): readonly Patch[] {
  if (edit.projection)
    throw cannotEditError(
      'a residual connection between unlike sizes is not written in Python yet',
    );
  const to = context.editable(edit.to);
  const name = heldIn(to);
  const from = context.editable(edit.from);
  const source = from.site.kind === 'parameter' ? from.site.name : heldIn(from);
  if (to.site.kind !== 'apply') throw notHeld();
  const start = statementOf(from)?.span.end;
  const kept =
    source === name ||
    isReassigned(context, source, { from: start ?? 0, to: to.site.statement.span.start });
  const shortcut = kept ? context.freshName('shortcut') : source;
  const statement = statementOf(from);
  const sum = insertAfterStatement(context.text, to.site.statement.span, [
    `${name} = ${name} + ${shortcut}`,
  ]);
  if (!kept) return [sum];
  if (!statement) throw cannotEditError('the input is overwritten before it could be added');
  return [insertAfterStatement(context.text, statement.span, [`${shortcut} = ${source}`]), sum];
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
