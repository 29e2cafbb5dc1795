import type { ArchitectureEdit } from '../../../../model/edits.ts';
import { cannotEditError } from '../../errors.ts';
import type { Patch } from '../../write/patch.ts';
import { insertAfterStatement } from '../../write/statements.ts';
import { appliers } from './appliers.ts';
import { printAll } from './printedLayers.ts';
import { printLayer } from './printLayer.ts';
import type { PythonContext } from './pythonContext.ts';
import { variableOf } from './siteVariables.ts';

type AddBranch = Extract<ArchitectureEdit, { kind: 'addBranch' }>;

/** Runs layers beside what a variable holds, and joins both in that variable. */
export function addBranch(context: PythonContext, edit: AddBranch): readonly Patch[] {
  const layer = context.editable(edit.at);
  const { site } = layer;
  const name = site.kind === 'apply' ? variableOf(site) : null;
  if (site.kind !== 'apply' || name === null)
    throw cannotEditError('the layer that a second way starts from is not held by a variable');
  const isProduct = edit.merge.type === 'multiply';
  const specs = isProduct ? edit.layers : [...edit.layers, edit.merge];
  const printed = printAll(context, edit.at, edit.layers);
  const merge = isProduct ? [] : [printLayer(context, edit.merge, { width: null, rank: 0 })];
  const { made, callees } = appliers(context, { specs, beside: layer }, [...printed, ...merge]);
  const gate = context.freshName('gate');
  const way = callees
    .slice(0, edit.layers.length)
    .map((callee, index) => `${gate} = ${callee}(${index === 0 ? name : gate})`);
  const join = isProduct ? `${name} * ${gate}` : `${callees.at(-1) ?? ''}([${name}, ${gate}])`;
  return [
    ...made,
    insertAfterStatement(context.text, site.statement.span, [...way, `${name} = ${join}`]),
  ];
}
