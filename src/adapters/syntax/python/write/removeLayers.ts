import { cannotEditError } from '../../errors.ts';
import { removeItem } from '../../write/commaList.ts';
import { replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { removeStatement } from '../../write/statements.ts';
import type { Site } from '../read/py.ts';
import type { PlacedLayer } from '../read/reading.ts';
import { expressionsIn } from '../read/walk.ts';
import type { PythonContext } from './pythonContext.ts';
import { variableOf } from './siteVariables.ts';

type Of<K extends Site['kind']> = Extract<Site, { kind: K }>;

/** Takes a layer out; what read it reads its input. */
export function removeLayer(context: PythonContext, index: number): readonly Patch[] {
  const layer = context.editable(index);
  const { site } = layer;
  if (layer.inputs.length === 0 && layer.draft.type !== 'flatten' && site.kind !== 'apply')
    throw cannotEditError('the first layer states the input');
  switch (site.kind) {
    case 'item':
      return removeItem({ text: context.text, span: site.list, items: site.items }, site.index);
    case 'add':
      return [removeStatement(context.text, site.statement.span)];
    case 'apply':
      return [...withoutCall(context, layer, site), ...withoutAttribute(context, layer)];
    default:
      throw cannotEditError('the layer is not written in a list or in a statement of its own');
  }
}

function withoutCall(
  context: PythonContext,
  layer: PlacedLayer,
  site: Of<'apply'>,
): readonly Patch[] {
  const { input } = site;
  if (!input || layer.inputs.length !== 1)
    throw cannotEditError('the layer does not have exactly one input');
  const name = variableOf(site);
  return name !== null && input.kind === 'name' && input.name === name
    ? [removeStatement(context.text, site.statement.span)]
    : [replacement(site.span, context.slice(input.span))];
}

/** `self.drop = …` goes with the layer when nothing else uses it. */
function withoutAttribute(context: PythonContext, { draft, site }: PlacedLayer): readonly Patch[] {
  const { statement } = draft;
  if (statement.kind !== 'assign' || site.kind !== 'apply' || draft.call === null) return [];
  const [target] = statement.targets;
  if (target?.kind !== 'attribute' || statement.value?.span.start !== draft.span.start) return [];
  const uses = context.reading.module.statements
    .flatMap(expressionsIn)
    .filter((it) => it.kind === 'attribute' && it.name === target.name);
  return uses.length === 2 ? [removeStatement(context.text, statement.span)] : [];
}
