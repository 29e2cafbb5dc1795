import type { Architecture, Layer } from './architecture.ts';
import { canonicalArguments, canonicalText, canonicalValue } from './canonicalValues.ts';
import type { Language } from './modelFile.ts';
import type { NamedValue, Value } from './values.ts';
import { string } from './values.ts';

/** A layer reduced to what it computes. */
export interface CanonicalLayer {
  readonly type: string;
  /** `dense(units: 64)`. */
  readonly text: string;
  /** Positions in the same list. */
  readonly inputs: readonly number[];
}

/**
 * The layers of an architecture with activations as layers of their own and the input as the first.
 */
export function canonicalLayers(architecture: Architecture): readonly CanonicalLayer[] {
  const result: CanonicalLayer[] = [];
  /** Where the output of a layer of the architecture is found in the result. */
  const outputs: number[] = [];
  const push = (type: string, args: readonly NamedValue[], inputs: readonly number[]): number =>
    result.push({ type, text: canonicalText(type, args), inputs }) - 1;
  for (const layer of architecture.layers) {
    const inputs =
      layer.inputs.length > 0
        ? layer.inputs.map((input) => outputs[input] ?? -1)
        : inputOf(layer, push);
    outputs.push(
      pushLayer(layer, architecture.language, (type, args, from) =>
        push(type, args, from ?? inputs),
      ),
    );
  }
  return result;
}

type Push = (type: string, args: readonly NamedValue[], inputs: readonly number[]) => number;

const SHAPE_NAMES: Readonly<Record<string, string>> = {
  inputShape: 'shape',
  batchInputShape: 'batchShape',
};

/** The input that a sequential model's first layer states. */
function inputOf(layer: Layer, push: Push): readonly number[] {
  if (layer.type === 'inputLayer') return [];
  const shape = layer.arguments.filter(({ name }) => name in SHAPE_NAMES);
  return [push('input', shape.map(renamed), [])];
}

const renamed = ({ name, value }: NamedValue): NamedValue => ({
  name: SHAPE_NAMES[name] ?? name,
  value,
});

/** Layers whose `activation` acts on their output and nothing else. */
const ACTIVATED = /^(dense|.*[cC]onv[123]d.*)$/;

function pushLayer(
  layer: Layer,
  language: Language,
  push: (type: string, args: readonly NamedValue[], from?: readonly number[]) => number,
): number {
  if (layer.type === 'inputLayer')
    return push('input', layer.arguments.filter(({ name }) => !isLabel(name)).map(renamed));
  const own = activationOfLayer(layer, language);
  if (own !== null)
    return own === 'linear'
      ? push('activation', [{ name: 'activation', value: string('linear') }])
      : push(own, []);
  const written = layer.arguments.filter(({ name }) => !isLabel(name) && !(name in SHAPE_NAMES));
  const args = canonicalArguments(layer.type, written, language);
  if (!ACTIVATED.test(layer.type)) return push(layer.type, args);
  const activation = args.find(({ name }) => name === 'activation')?.value;
  const index = push(
    layer.type,
    args.filter(({ name }) => name !== 'activation'),
  );
  return activation ? push(activationName(activation), [], [index]) : index;
}

/** Names and seeds say nothing of what is computed; `trainable: true` is what everything is. */
const isLabel = (name: string): boolean =>
  name === 'name' || name === 'seed' || name === 'inputDType';

const activationName = (value: Value): string =>
  value.kind === 'string'
    ? value.value
    : canonicalText('activation', [{ name: 'activation', value }]);

/**
 * An activation written as a layer: `reLU()`, `activation({ activation: 'relu' })`, `softmax()`;
 * `null` for any other layer.
 */
function activationOfLayer(layer: Layer, language: Language): string | null {
  const args = canonicalArguments(
    layer.type,
    layer.arguments.filter(({ name }) => !isLabel(name) && !(name in SHAPE_NAMES)),
    language,
  );
  if (layer.type === 'activation')
    return args.length === 1 && args[0] ? activationName(canonicalValue(args[0].value)) : null;
  if (args.length > 0) return null;
  return { reLU: 'relu', softmax: 'softmax', elu: 'elu' }[layer.type] ?? null;
}
