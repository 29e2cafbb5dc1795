import type { Architecture, Layer } from '../../model/architecture.ts';
import { valueText } from '../../model/canonicalValues.ts';
import { lensOf, type LayerLens } from '../../model/lens/lens.ts';
import { flopsText, shapeText } from '../../model/lens/words.ts';
import type { ModelFile } from '../../model/modelFile.ts';
import type { DataProfile } from '../../record/dataProfile.ts';
import { fitLines, quoteData } from './quote.ts';

const LONGEST_BUILDER = 5_400;
const LONGEST_HEAD = 700;
const LONGEST_LAYERS = 1_700;

/**
 * The builder's source, every line with its number in the file (`L12| `), and the imports above it.
 */
export function sourceSection({ text, language }: ModelFile, { builder }: Architecture): string {
  const lines = text.replace('\uFEFF', '').split(/\r?\n/);
  const imports = lines
    .slice(0, builder.range.startLine - 1)
    .filter((line) => /^\s*(import|from|const \w+ = require)\b/.test(line));
  const body = lines
    .slice(builder.range.startLine - 1, builder.range.endLine)
    .map((line, index) => `L${builder.range.startLine + index}| ${line}`);
  return [
    `The model file is ${language}. Its imports:`,
    quoteData('imports', fitLines(imports, LONGEST_HEAD).join('\n')),
    `Its builder ${builder.name}:`,
    quoteData('builder', fitLines(body, LONGEST_BUILDER).join('\n')),
  ].join('\n');
}

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
      `${layer.conditional ? ', in a branch or loop: not editable by number' : ''})`,
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

/** Shapes, sizes and balance of the data; never a value of it. */
export function dataSection(data: DataProfile | null): string {
  if (!data) return 'The data has not been read yet.';
  const shares =
    data.classShares.length === 0
      ? ''
      : `, class shares ${Math.min(...data.classShares).toFixed(3)} to ` +
        `${Math.max(...data.classShares).toFixed(3)}`;
  return (
    `Data: ${data.task}, input [${data.inputShape.join(', ')}], ${data.outputUnits} output ` +
    `units, ${data.rows.train} training and ${data.rows.validation} validation rows${shares}.`
  );
}
