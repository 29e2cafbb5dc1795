import type { Architecture } from '../../model/architecture.ts';
import type { ArchitectureEdit, LayerSpec } from '../../model/edits.ts';
import type { Value } from '../../model/values.ts';
import { list, number, string, boolean } from '../../model/values.ts';
import { ok, refuse, type Result } from '../../util/result.ts';
import type { AnchoredEdit, PlainLayer, PlainValue } from './answer.ts';
import { codeValue } from './codeValue.ts';

/**
 * The model's typed edits as edits of the architecture; `loss` stands in where a builder without
 * `compile` is given an optimiser only.
 */
export function toArchitectureEdits(
  edits: readonly AnchoredEdit[],
  architecture: Architecture,
  loss: string,
): Result<readonly ArchitectureEdit[], string> {
  const missing = edits.flatMap(layersOf).find((index) => !architecture.layers[index]);
  if (missing !== undefined)
    return refuse(
      `There is no layer ${missing}; the builder has the layers 0 to ` +
        `${architecture.layers.length - 1}.`,
    );
  const empty = edits.find(
    (edit) => edit.op === 'setCompile' && !edit.optimizer && edit.loss === undefined,
  );
  return empty
    ? refuse('setCompile names neither an optimizer nor a loss.')
    : ok(edits.map((edit) => toEdit(edit, loss)));
}

function layersOf(edit: AnchoredEdit): readonly number[] {
  switch (edit.op) {
    case 'setCompile':
      return [];
    case 'addResidual':
      return [edit.from, edit.to];
    case 'insertLayers':
      return edit.after === 'input' ? [] : [edit.after];
    default:
      return [edit.layer];
  }
}

function toEdit(edit: AnchoredEdit, loss: string): ArchitectureEdit {
  switch (edit.op) {
    case 'setArgument':
      return {
        kind: 'setArgument',
        layer: edit.layer,
        name: edit.name,
        value: toValue(edit.value),
      };
    case 'removeArgument':
      return { kind: 'removeArgument', layer: edit.layer, name: edit.name };
    case 'replaceLayer':
      return { kind: 'replaceLayer', layer: edit.layer, with: toLayer(edit.with) };
    case 'insertLayers':
      return { kind: 'insertLayers', after: edit.after, layers: edit.layers.map(toLayer) };
    case 'removeLayer':
      return { kind: 'removeLayer', layer: edit.layer };
    case 'addResidual':
      return {
        kind: 'addResidual',
        from: edit.from,
        to: edit.to,
        projection: edit.projection && toLayer(edit.projection),
      };
    case 'setCompile':
      return {
        kind: 'setCompile',
        ...(edit.optimizer && { optimizer: edit.optimizer }),
        ...(edit.loss !== undefined && { loss: { kind: 'named', name: edit.loss } }),
        fallback: { optimizer: { type: 'adam', learningRate: 0.001 }, loss },
      };
  }
}

const toLayer = ({ type, arguments: args }: PlainLayer): LayerSpec => ({
  type: type.replace(/^(tf\.)?layers\./, ''),
  arguments: Object.entries(args).map(([name, value]) => ({ name, value: toValue(value) })),
});

function toValue(plain: PlainValue): Value {
  if (plain === null) return { kind: 'null' };
  if (Array.isArray(plain)) return list(...plain.map(toValue));
  if (typeof plain === 'number') return number(plain);
  if (typeof plain === 'boolean') return boolean(plain);
  return typeof plain === 'string' ? string(plain) : codeValue(plain.source);
}
