import { cannotEditError } from '../errors.ts';
import type { PlacedLayer } from '../read/drafts.ts';
import { removeItem } from './commaList.ts';
import { addEntries } from './configuration.ts';
import type { EditContext } from './editContext.ts';
import { unwrap } from './editContext.ts';
import type { Patch } from './patch.ts';
import { isInputShape } from './promisedLayers.ts';
import { removeStatement } from './statements.ts';
import { elsewhere, listOf } from './sequentialEdits.ts';

/** Takes a layer out of a sequential model; the next one takes over its input shape. */
export function removeSequential(context: EditContext, index: number): readonly Patch[] {
  const layer = context.editable(index);
  if (context.reading.layers.length < 2) throw cannotEditError('it is the only layer');
  return [
    ...removeSite(context, layer),
    ...removeVariable(context, layer),
    ...handShapeOver(context, index),
  ];
}

function removeSite(context: EditContext, layer: PlacedLayer): readonly Patch[] {
  const { site } = layer;
  if (site.kind === 'item') return removeItem(listOf(context, layer), site.index);
  if (site.kind === 'add') return [removeStatement(context.text, site.statement.span)];
  throw elsewhere();
}

/** `const d = tf.layers.dense(…)` goes with the layer when nothing else uses it. */
function removeVariable(context: EditContext, { site, draft }: PlacedLayer): readonly Patch[] {
  const inPlace =
    site.kind === 'item'
      ? site.list.items[site.index]
      : site.kind === 'add'
        ? site.call.arguments[0]?.value
        : undefined;
  const constant = inPlace ? context.localConstant(unwrap(inPlace)) : null;
  if (
    !constant ||
    unwrap(constant.value).span.start !== draft.span.start ||
    !constant.declaration.alone
  )
    return [];
  return [removeStatement(context.text, constant.declaration.span)];
}

function handShapeOver(context: EditContext, index: number): readonly Patch[] {
  const gone = context.layer(index);
  const shapes = gone.draft.arguments.filter(({ name }) => isInputShape(name));
  const next = context.reading.layers.findIndex(({ inputs }) => inputs.includes(index));
  if (
    gone.inputs.length > 0 ||
    next < 0 ||
    context.layer(next).draft.arguments.some(({ name }) => isInputShape(name))
  )
    return [];
  if (shapes.length === 0)
    throw cannotEditError('the first layer states the input in a way of its own');
  return addEntries(context, context.factory(next), shapes, 'first');
}
