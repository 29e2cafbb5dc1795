import type { Architecture, Layer } from '../architecture.ts';
import { argumentOf, flagOf, numberOf, numbersOf } from '../layerArguments.ts';
import type { DataShape, InferredShape, Surroundings } from './shape.ts';
import { isKnown, unitsOf } from './shape.ts';
import { SHAPE_RULES } from './shapeRules.ts';
import { torchView } from './torchView.ts';
import { withDefaults } from './withDefaults.ts';
import { modelInput } from './modelInput.ts';

/**
 * The output shape of every layer, as far as the source and the data tell; conditional layers and
 * all behind them are `unknown`.
 */
export function inferShapes(
  architecture: Architecture,
  data: DataShape | null,
): readonly InferredShape[] {
  const shapes: InferredShape[] = [];
  const { language, layers } = torchView(withDefaults(architecture, data), data);
  for (const layer of layers)
    shapes.push(shapeOf(layer, inputsOf(layer, shapes, data), { data, language }));
  return shapes;
}

/** What a layer reads: the outputs of others, or the model's input. */
export const inputsOf = (
  layer: Layer,
  shapes: readonly InferredShape[],
  data: DataShape | null,
): readonly InferredShape[] =>
  layer.inputs.length > 0
    ? layer.inputs.map((index) => shapes[index] ?? 'unknown')
    : [modelInput(layer, data)];

/** What one layer of a Python model gives for the shapes it reads. */
export const outputShape = (layer: Layer, inputs: readonly InferredShape[]): InferredShape =>
  shapeOf(layer, inputs.length > 0 ? inputs : [modelInput(layer, null)], {
    data: null,
    language: 'python',
  });

function shapeOf(
  layer: Layer,
  inputs: readonly InferredShape[],
  surroundings: Surroundings,
): InferredShape {
  if (layer.conditional && layer.certain !== true) return 'unknown';
  if (inputs.includes('impossible')) return 'impossible';
  const [first, ...others] = inputs.filter(isKnown);
  if (!first || others.length + 1 < inputs.length) return statedShape(layer, inputs, surroundings);
  return SHAPE_RULES[layer.type]?.(layer, [first, ...others], surroundings) ?? 'unknown';
}

/** What a layer gives whatever it reads: the units of a recurrent layer, of a first dense one. */
function statedShape(
  layer: Layer,
  inputs: readonly InferredShape[],
  { data }: Surroundings,
): InferredShape {
  const size = numbersOf(layer, 'shape');
  if (size && layer.type === 'flatten') return size;
  const units = unitsOf(layer, data);
  if (units === null || inputs.length !== 1) return 'unknown';
  return (layer.type === 'dense' ? readsOneLine(layer) : givesLastStep(layer))
    ? [units]
    : 'unknown';
}

/** A first dense layer that says how many numbers it reads. */
const readsOneLine = (layer: Layer): boolean =>
  layer.inputs.length === 0 &&
  (numberOf(layer, 'inFeatures') !== null || argumentOf(layer, 'inputDim') !== null);

/** PyTorch's recurrent layers give every step. */
const givesLastStep = (layer: Layer): boolean =>
  RECURRENT.includes(layer.type) &&
  numberOf(layer, 'inFeatures') === null &&
  !flagOf(layer, 'returnSequences', false) &&
  !flagOf(layer, 'returnState', false);

const RECURRENT = ['lstm', 'gru', 'simpleRNN'];
