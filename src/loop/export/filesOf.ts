import {
  precisionOf,
  type ExportChoice,
  type ExportedFile,
} from '../../model/formats/exportFormat.ts';
import { safetensorsFiles } from '../../model/formats/safetensorsFiles.ts';
import { tfjsFiles } from '../../model/formats/tfjsFiles.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import { formatNotOf } from './exportErrors.ts';

/** Formats that a model of each framework can be written as. */
const FORMATS = {
  tfjs: ['tfjs', 'safetensors'],
  keras: ['safetensors'],
  torch: ['safetensors'],
} as const;

/**
 * The files of an export without its card: the model, and `preprocessing.json` with what was fitted
 * to the data and names its outputs.
 */
export function filesOf(model: TrainedModel, choice: ExportChoice): readonly ExportedFile[] {
  return [...modelFiles(model, choice), preprocessing(model)];
}

function modelFiles(model: TrainedModel, choice: ExportChoice): readonly ExportedFile[] {
  const { framework, topology } = model.facts;
  const formats: readonly string[] = FORMATS[framework];
  const precision = precisionOf(choice);
  if (!formats.includes(choice.format)) throw formatNotOf(choice.format, framework, formats);
  if (choice.format === 'tfjs' && topology !== null && precision !== 'int8-per-channel')
    return tfjsFiles({ ...model, topology }, precision);
  if (precision === 'uint8') throw formatNotOf('safetensors of uint8', framework, ['8', '16']);
  return safetensorsFiles(model, precision);
}

function preprocessing({ facts }: TrainedModel): ExportedFile {
  const { task, inputShape, outputUnits, reading, preparation } = facts;
  const document = {
    task,
    inputShape,
    outputUnits,
    outputs: reading,
    /** `(input - mean) / deviation`, number by number of a row; null: inputs as they come. */
    inputs: preparation.inputs,
    /** `output · deviation + mean`; null: outputs are in the targets' own units. */
    targets: preparation.targets,
    classes: preparation.classes,
  };
  return {
    name: 'preprocessing.json',
    bytes: new TextEncoder().encode(`${JSON.stringify(document, null, 2)}\n`),
  };
}
