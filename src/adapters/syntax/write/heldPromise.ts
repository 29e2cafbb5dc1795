import type { ArchitectureEdit } from '../../../model/edits.ts';
import type { Value } from '../../../model/values.ts';
import { cannotEditError } from '../errors.ts';
import type { Reading } from '../read/reading.ts';
import type { Promised, PromisedLayer } from './promisedLayers.ts';

/** Throws where the written `compile` does not say what the edit promised. */
export function requireCompile(
  { architecture: { compile } }: Pick<Reading, 'architecture'>,
  edit: Extract<ArchitectureEdit, { kind: 'setCompile' }>,
): void {
  const optimizer = edit.optimizer;
  const optimizerKept =
    !optimizer ||
    (compile?.optimizer?.type === optimizer.type &&
      compile.optimizer.learningRate === optimizer.learningRate);
  const loss = edit.loss?.kind === 'helper' ? edit.loss.helper.name : edit.loss?.name;
  const lossKept =
    loss === undefined ||
    (compile?.loss?.kind === 'string'
      ? compile.loss.value
      : compile?.loss?.kind === 'source'
        ? compile.loss.text
        : null) === loss;
  if (!compile || !optimizerKept || !lossKept)
    throw cannotEditError('`compile` is written in a form that hides its parts');
}

/** The architecture that was read back is the promised one. */
export function keeps(
  { architecture: { layers } }: Pick<Reading, 'architecture'>,
  promised: Promised,
): boolean {
  const same = (layer: PromisedLayer, index: number): boolean => {
    const written = layers[index];
    return (
      written?.type === layer.type &&
      written.inputs.join() === layer.inputs.join() &&
      argumentsText(written) === argumentsText(layer)
    );
  };
  return layers.length === promised.layers.length && promised.layers.every(same);
}

const argumentsText = (layer: Pick<PromisedLayer, 'arguments'>): string =>
  layer.arguments
    .map(({ name, value }) => `${name}=${plain(value)}`)
    .toSorted()
    .join();

/** A value as text, without what does not matter to a reader of the source. */
function plain(value: Value): string {
  if (value.kind === 'list') return `[${value.items.map(plain).join()}]`;
  if (value.kind === 'call')
    return `${value.callee}(${value.arguments
      .map(({ name, value: inner }) => `${name}=${plain(inner)}`)
      .toSorted()
      .join()})`;
  if (value.kind === 'source') return value.text.replaceAll(/\s+/g, '');
  return value.kind === 'null' ? 'null' : JSON.stringify(value.value);
}
