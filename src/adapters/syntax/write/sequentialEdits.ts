import type { LayerSpec } from '../../../model/edits.ts';
import { cannotEditError } from '../errors.ts';
import type { PlacedLayer } from '../read/drafts.ts';
import type { CommaList } from './commaList.ts';
import { insertAfterItem, insertBeforeFirst, itemIndent } from './commaList.ts';
import { removeEntry } from './configuration.ts';
import type { EditContext } from './editContext.ts';
import { indentAt } from './patch.ts';
import type { Patch } from './patch.ts';
import { isInputShape, withShapeOf } from './promisedLayers.ts';
import { insertAfterStatement, insertBeforeStatement } from './statements.ts';

/** Inserts layers into a sequential model behind the layer at `after`, or in front of the first. */
export function insertSequential(
  context: EditContext,
  after: number | 'input',
  specs: readonly LayerSpec[],
): readonly Patch[] {
  const first = context.layer(0);
  if (after === 'input' && first.draft.type !== 'inputLayer') return insertFirst(context, specs);
  const behind = after === 'input' ? null : certainBehind(context, after);
  if (behind) return placeFirst(context, behind, specs);
  const layer = context.editable(after === 'input' ? 0 : after);
  const { site } = layer;
  if (site.kind === 'item') {
    const list = listOf(context, layer);
    const indent = itemIndent(list, site.index);
    return insertAfterItem(
      list,
      site.index,
      specs.map((spec) => context.printer.layer(spec, indent, 1)),
    );
  }
  if (site.kind === 'add')
    return [
      insertAfterStatement(context.text, site.statement.span, addStatements(context, layer, specs)),
    ];
  throw elsewhere();
}

/** The layer that follows one of a loop or a branch, where itself it stands in no such place. */
function certainBehind(context: EditContext, after: number): PlacedLayer | null {
  if (!context.layer(after).conditional) return null;
  const [next, ...others] = context.reading.layers.filter(({ inputs }) => inputs.includes(after));
  return next && others.length === 0 && !next.conditional && next.site.kind === 'add' ? next : null;
}

/** The layer stands in no list and in no `model.add(…)`. */
export const elsewhere = (): Error =>
  cannotEditError(
    'the layer is not written in the list of layers or in a `model.add(…)` of its own',
  );

/** The new first layer takes over the input shape. */
function insertFirst(context: EditContext, specs: readonly LayerSpec[]): readonly Patch[] {
  const first = context.editable(0);
  const { call } = first.draft;
  const shapes = first.draft.arguments.filter(({ name }) => isInputShape(name));
  if (shapes.length === 0 || !call)
    throw cannotEditError('the first layer does not state the input shape');
  const moved = shapes.flatMap(({ name }) => removeEntry(context, call, name));
  const [head, ...rest] = specs;
  const added = head
    ? [{ type: head.type, arguments: withShapeOf(first.draft, head.arguments) }, ...rest]
    : [];
  return [...placeFirst(context, first, added), ...moved];
}

function placeFirst(
  context: EditContext,
  first: PlacedLayer,
  specs: readonly LayerSpec[],
): readonly Patch[] {
  const { site } = first;
  if (site.kind === 'add')
    return [
      insertBeforeStatement(
        context.text,
        site.statement.span,
        addStatements(context, first, specs),
        true,
      ),
    ];
  if (site.kind !== 'item') throw elsewhere();
  const list = listOf(context, first);
  return insertBeforeFirst(
    list,
    specs.map((spec) => context.printer.layer(spec, itemIndent(list, 0), 1)),
  );
}

/** `model.add(…);` for each layer, named as `like` is added. */
function addStatements(
  context: EditContext,
  like: PlacedLayer,
  specs: readonly LayerSpec[],
): string[] {
  if (like.site.kind !== 'add') return [];
  const callee = context.slice(like.site.call.callee.span);
  const indent = indentAt(context.text, like.site.statement.span.start);
  const { printer, style } = context;
  return specs.map(
    (spec) => `${callee}(${printer.layer(spec, indent, callee.length + 3)})${style.semicolon}`,
  );
}

/** The list a layer is an item of. */
export function listOf(context: EditContext, { site }: PlacedLayer): CommaList {
  if (site.kind !== 'item') throw elsewhere();
  return {
    text: context.text,
    span: site.list.span,
    items: site.list.items.map(({ span }) => span),
  };
}
