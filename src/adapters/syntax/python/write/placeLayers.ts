import type { LayerSpec } from '../../../../model/edits.ts';
import { cannotEditError } from '../../errors.ts';
import { insertAfterItem, insertBeforeFirst } from '../../write/commaList.ts';
import { insertion, replacement } from '../../write/patch.ts';
import type { Patch } from '../../write/patch.ts';
import { insertAfterStatement, insertBeforeStatement } from '../../write/statements.ts';
import type { Statement } from '../code/tree.ts';
import type { Site } from '../read/py.ts';
import type { PlacedLayer } from '../read/reading.ts';
import { expressionsIn } from '../read/walk.ts';
import { variableOf } from './siteVariables.ts';
import type { PythonContext } from './pythonContext.ts';
import { printAll } from './printedLayers.ts';
import { appliers, freshNames } from './appliers.ts';
import { isCell, otherCell } from './recurrentCells.ts';

type Of<K extends Site['kind']> = Extract<Site, { kind: K }>;

/** Inserts layers behind one, wherever it stands. */
export function insertLayers(
  context: PythonContext,
  after: number | 'input',
  specs: readonly LayerSpec[],
): readonly Patch[] {
  const inputs = context.reading.layers.flatMap(({ draft }, index) =>
    draft.type === 'inputLayer' ? [index] : [],
  );
  const [input, ...others] = inputs;
  if (after === 'input' && others.length > 0)
    throw cannotEditError('the model does not have exactly one input');
  if (after === 'input' && input === undefined) return insertFirst(context, specs);
  const index = after === 'input' ? (input ?? 0) : after;
  return behind(context, index, specs);
}

function behind(
  context: PythonContext,
  index: number,
  specs: readonly LayerSpec[],
): readonly Patch[] {
  const layer = context.editable(index);
  const printed = printAll(context, index, specs);
  switch (layer.site.kind) {
    case 'item':
      return insertAfterItem(
        listOf(context, layer.site),
        layer.site.index,
        asItems(context, { site: layer.site, specs }, printed),
      );
    case 'add':
      return [
        insertAfterStatement(
          context.text,
          layer.site.statement.span,
          asStatements(context, { site: layer.site, specs }, printed),
        ),
      ];
    case 'apply':
      return behindCall(context, { layer, site: layer.site, specs }, printed);
    case 'parameter':
      return behindParameter(context, { site: layer.site, specs }, printed);
    case 'elsewhere':
      throw cannotEditError('the layer is not written in a list or in a statement of its own');
  }
}

/** Layers as items of the list that a site is in: with names where its layers have some. */
function asItems(
  context: PythonContext,
  { site, specs }: { readonly site: Of<'item'>; readonly specs: readonly LayerSpec[] },
  printed: readonly string[],
): readonly string[] {
  if (!site.named) return printed;
  const names = freshNames(context, specs);
  return printed.map((text, index) => `(${context.printer.string(names[index] ?? '')}, ${text})`);
}

/** Layers as statements like the one that a site is: `model.add(…)`, `model.add_module("…", …)`. */
function asStatements(
  context: PythonContext,
  { site: { call }, specs }: { readonly site: Of<'add'>; readonly specs: readonly LayerSpec[] },
  printed: readonly string[],
): readonly string[] {
  const callee = context.slice(call.callee.span);
  const names = call.arguments.length > 1 ? freshNames(context, specs) : null;
  const name = (index: number): string =>
    names ? `${context.printer.string(names[index] ?? '')}, ` : '';
  return printed.map((text, index) => `${callee}(${name(index)}${text})`);
}

const listOf = ({ text }: PythonContext, { list, items }: Of<'item'>) => ({
  text,
  span: list,
  items,
});

/** In front of a sequential model's first layer; Keras's hands its input shape over. */
function insertFirst(context: PythonContext, specs: readonly LayerSpec[]): readonly Patch[] {
  const first = context.editable(0);
  if (!context.isTorch)
    throw cannotEditError('the first layer states the input; write an `Input` layer first');
  const printed = printAll(context, null, specs);
  const { site } = first;
  if (site.kind === 'item')
    return insertBeforeFirst(listOf(context, site), asItems(context, { site, specs }, printed));
  if (site.kind !== 'add')
    throw cannotEditError('the first layer is not written in a list or a statement of its own');
  const lines = asStatements(context, { site, specs }, printed);
  return [insertBeforeStatement(context.text, site.statement.span, lines)];
}

function behindCall(
  context: PythonContext,
  { layer, site, specs }: { layer: PlacedLayer; site: Of<'apply'>; specs: readonly LayerSpec[] },
  printed: readonly string[],
): readonly Patch[] {
  const { made, callees } = appliers(context, { specs, beside: layer }, printed);
  const name = variableOf(site);
  if (name === null) {
    const before = callees.toReversed().map((callee) => `${callee}(`);
    return [
      ...made,
      insertion(site.span.start, before.join('')),
      insertion(site.span.end, ')'.repeat(callees.length)),
    ];
  }
  const isInput = layer.draft.type === 'inputLayer';
  const fresh = isInput ? context.freshName('x0') : name;
  const lines = callees.map(
    (callee, index) => `${fresh} = ${callee}(${index === 0 ? name : fresh})`,
  );
  const renames = isInput ? readersOf(context, { name, site, fresh }) : [];
  return [...made, insertAfterStatement(context.text, site.statement.span, lines), ...renames];
}

/** Readers of the model's input, except the model itself. */
function readersOf(
  context: PythonContext,
  { name, site, fresh }: { name: string; site: Of<'apply'>; fresh: string },
): readonly Patch[] {
  const { module, model, builder } = context.reading;
  const call = model?.call?.span;
  return module.statements
    .flatMap(expressionsIn)
    .filter(
      (it) =>
        it.kind === 'name' &&
        it.name === name &&
        it.span.start >= site.statement.span.end &&
        it.span.end <= builder.span.end &&
        !(call && it.span.start >= call.start && it.span.end <= call.end),
    )
    .map(({ span }) => replacement(span, fresh));
}

function behindParameter(
  context: PythonContext,
  { site, specs }: { site: Of<'parameter'>; specs: readonly LayerSpec[] },
  printed: readonly string[],
): readonly Patch[] {
  const beside = context.reading.layers.find(
    ({ draft, conditional }) => draft.call && !conditional,
  );
  const first = site.body.find((it) => !(it.kind === 'expression' && it.value.kind === 'constant'));
  if (!first || !beside) throw cannotEditError('the first layer cannot be followed');
  const { made, callees } = appliers(
    context,
    { specs, beside: inMethod(context, first, beside) },
    printed,
  );
  const lines = callees.map((callee) => `${site.name} = ${callee}(${site.name})`);
  return [...made, insertBeforeStatement(context.text, first.span, lines)];
}

/** A layer that is put on the input inside the method. */
const inMethod = (context: PythonContext, first: Statement, beside: PlacedLayer): PlacedLayer =>
  context.reading.layers.find(
    ({ site, draft }) => site.kind === 'apply' && site.span.start >= first.span.start && draft.call,
  ) ?? beside;

/** Puts another layer in a layer's place. */
export function replaceLayer(
  context: PythonContext,
  index: number,
  spec: LayerSpec,
): readonly Patch[] {
  const layer = context.editable(index);
  const { draft, site } = layer;
  if (draft.type === 'inputLayer')
    throw cannotEditError('the input of the model cannot be replaced');
  if (context.isTorch && isCell(draft.type) && isCell(spec.type))
    return otherCell(context, index, spec.type);
  const before = layer.inputs[0] ?? null;
  const [printed] = printAll(context, before, [spec]);
  const isFunction =
    site.kind === 'apply' &&
    site.span.start === draft.span.start &&
    site.span.end === draft.span.end;
  if (!printed) return [];
  if (!isFunction) return [replacement(context.call(index).span, printed)];
  const { input } = site;
  if (!input) throw cannotEditError('the input of the layer is not written there');
  const { made, callees } = appliers(context, { specs: [spec], beside: layer }, [printed]);
  return [
    ...made,
    replacement(site.span, `${callees[0] ?? printed}(${context.slice(input.span)})`),
  ];
}
