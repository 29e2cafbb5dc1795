import {
  precisionOf,
  type ExportChoice,
  type ExportedFile,
} from '../../model/formats/exportFormat.ts';
import { safetensorsFiles } from '../../model/formats/safetensorsFiles.ts';
import { tfjsFiles } from '../../model/formats/tfjsFiles.ts';
import { isPackedToShip, packed } from '../../model/shippedBytes.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';

/** The model's files, where Cortex writes the format itself; `null`: another library does. */
export function filesOf(model: TrainedModel, choice: ExportChoice): readonly ExportedFile[] | null {
  const { topology } = model.facts;
  const precision = precisionOf(choice);
  if (choice.format === 'tfjs' && topology !== null && precision !== 'int8-per-channel')
    return withPacked(model, tfjsFiles({ ...model, topology }, precision));
  if (choice.format === 'safetensors' && precision !== 'uint8')
    return withPacked(model, safetensorsFiles(model, precision));
  return null;
}

/**
 * Weights with many zeros stand beside their packed form, under the name by which web servers find
 * it (`.gz`).
 */
function withPacked(model: TrainedModel, files: readonly ExportedFile[]): readonly ExportedFile[] {
  if (!isPackedToShip(model)) return files;
  const weights = files.filter(({ name }) => !name.endsWith('.json'));
  const beside = weights.map(({ name, bytes }) => ({ name: `${name}.gz`, bytes: packed(bytes) }));
  return [...files, ...beside];
}

/** `preprocessing.json`: what was fitted to the data, and names of the outputs. */
export function preprocessingOf({ facts }: TrainedModel): ExportedFile {
  const { task, inputShape, outputUnits, reading, preparation } = facts;
  const several = { places: facts.inputs, heads: facts.outputs };
  const document = {
    task,
    inputShape,
    outputUnits,
    outputs: task === 'regression' ? 'numbers' : reading,
    /** `(input - mean) / deviation`, number by number of a row; null: inputs as they come. */
    inputs: preparation.inputs,
    /** `output · deviation + mean`; null: outputs are in the targets' own units. */
    targets: preparation.targets,
    classes: preparation.classes,
    /** Of several inputs or outputs each, side by side in a row; absent: one. */
    ...several,
  };
  return {
    name: 'preprocessing.json',
    bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
  };
}
