import type { ArchitectureEdit } from '../../../model/edits.ts';
import { cannotEditError } from '../errors.ts';
import { removeEntry, setEntry } from './configuration.ts';
import type { EditContext } from './editContext.ts';
import { indentAt, replacement } from './patch.ts';
import type { Patch } from './patch.ts';
import { isInputShape, withShapeOf } from './promisedLayers.ts';

type Edit<K extends ArchitectureEdit['kind']> = Extract<ArchitectureEdit, { kind: K }>;

/** Gives a layer's argument a value. */
export function setArgument(context: EditContext, edit: Edit<'setArgument'>): Patch[] {
  return setEntry(
    context,
    context.factory(edit.layer),
    edit.name,
    context.printer.value(edit.value),
  );
}

/** Leaves a layer's argument to its default. */
export const removeArgument = (context: EditContext, edit: Edit<'removeArgument'>): Patch[] =>
  removeEntry(context, context.factory(edit.layer), edit.name);

/**
 * Puts another factory call in a layer's place; in as many lines as before where there is enough to
 * say.
 */
export function replaceLayer(context: EditContext, edit: Edit<'replaceLayer'>): Patch[] {
  const call = context.factory(edit.layer);
  const layer = context.layer(edit.layer);
  if (layer.draft.type === 'inputLayer')
    throw cannotEditError('the input of the model cannot be replaced');
  const statesInput =
    layer.inputs.length === 0 && !layer.draft.arguments.some(({ name }) => isInputShape(name));
  if (statesInput && layer.draft.type !== edit.with.type)
    throw cannotEditError('the first layer states the input in a way of its own');
  const spec = { type: edit.with.type, arguments: withShapeOf(layer.draft, edit.with.arguments) };
  const indent = indentAt(context.text, call.span.start);
  const inLines = context.slice(call.span).includes('\n') && spec.arguments.length > 2;
  return [
    replacement(
      call.span,
      inLines ? context.printer.layerInLines(spec, indent) : context.printer.layer(spec, indent),
    ),
  ];
}
