import type { Architecture, Layer } from '../../model/architecture.ts';
import { valueText } from '../../model/canonicalValues.ts';
import { lensOf } from '../../model/lens/lens.ts';
import type { LayerLens } from '../../model/lens/lens.ts';
import { flopsText, shapeText } from '../../model/lens/words.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { fitLines, quoteData } from './quote.ts';

const LONGEST_LAYERS = 1_700;

/**
 * The layers in the order data flows through them: number, line, arguments, output shape,
 * parameters, FLOPs; and the sums.
 */
export function layersSection(architecture: Architecture, data: DataProfile | null): string {
  const { layers, parameters, flops } = lensOf(architecture, data);
  const lines = architecture.layers.map(
    (layer, index) =>
      `${index}: ${callText(layer)} → ${lensText(layers[index])} ` +
      `(L${layer.range.startLine}` +
      `${placeOf(layer)})`,
  );
  const readable =
    architecture.style === 'opaque'
      ? ['The layers cannot be read one by one; use oldText/newText.']
      : fitLines(lines, LONGEST_LAYERS);
  const work = flops === null ? 'unknown' : `${flopsText(flops)} an example, forward`;
  return quoteData(
    'layers',
    [...readable, `parameters: ${parameters ?? 'unknown'}, work: ${work}`].join('\n'),
  );
}

function placeOf({ conditional, writable }: Layer): string {
  if (!conditional) return '';
  return writable === true
    ? ', in a branch, loop or helper: by number, only its arguments may change'
    : ', in a branch or loop: not editable by number';
}

function callText({ index, type, arguments: args, inputs }: Layer): string {
  const written = args.map(({ name, value }) => `${name}: ${valueText(value)}`).join(', ');
  const from =
    inputs.length === 0 || (inputs.length === 1 && inputs[0] === index - 1)
      ? ''
      : ` from ${inputs.join('+')}`;
  return `${type}(${written})${from}`;
}

function lensText(lens: LayerLens | undefined): string {
  if (!lens) return 'shape unknown';
  const { outputShape, parameters, flops } = lens;
  return [
    shapeText(outputShape),
    ...(parameters === null ? [] : [`${parameters} parameters`]),
    ...(flops === null ? [] : [flopsText(flops)]),
  ].join(', ');
}
