import {
  precisionOf,
  type ExportChoice,
  type ExportFormat,
} from '../../model/formats/exportFormat.ts';
import type { TrainedModel } from '../../model/trainedModel.ts';
import { bitsNotOf, formatNotOf, notFoldable } from './exportErrors.ts';
import type { ExportRequest } from './exported.ts';

/** Formats that a model of each framework can be written as; the first where none is named. */
const FORMATS: Readonly<Record<TrainedModel['facts']['framework'], readonly ExportFormat[]>> = {
  tfjs: ['tfjs', 'keras', 'savedmodel', 'tflite', 'onnx', 'safetensors'],
  keras: ['keras', 'savedmodel', 'tflite', 'onnx', 'safetensors'],
  torch: ['torch', 'onnx', 'safetensors'],
};

/** Formats of a model, and in words what it is that has no others. */
function formatsOf(facts: TrainedModel['facts']): {
  readonly formats: readonly ExportFormat[];
  readonly whose: string;
} {
  const { framework, topology, ownLayers, inputs, outputs } = facts;
  if (framework !== 'tfjs')
    return { formats: FORMATS[framework], whose: `trained by ${framework}` };
  if (topology === null)
    return { formats: ['safetensors'], whose: 'that TensorFlow.js cannot write as JSON' };
  const formats: readonly ExportFormat[] = ['tfjs', 'safetensors'];
  if (ownLayers) return { formats, whose: `with layers of its own (${ownLayers.join(', ')})` };
  if (inputs ?? outputs) return { formats, whose: 'of several inputs or outputs' };
  return { formats: FORMATS.tfjs, whose: 'trained by tfjs' };
}

/** Formats that hold weights of fewer bits, with what they take. */
const BITS: Partial<Record<ExportFormat, readonly string[]>> = {
  tfjs: ['16', '8', 'uint8'],
  tflite: ['16', '8'],
  safetensors: ['16', '8'],
};

/** The format that is meant; throws an `input` error for what it is not to be had in. */
export function choiceFor(
  { facts }: TrainedModel,
  { format, quantize, fold }: Pick<ExportRequest, 'format' | 'quantize' | 'fold'>,
): ExportChoice {
  const { framework } = facts;
  const { formats, whose } = formatsOf(facts);
  const chosen = format ?? formats[0] ?? 'safetensors';
  if (!formats.includes(chosen)) throw formatNotOf(chosen, whose, formats);
  const choice = { format: chosen, quantize };
  const own = BITS[chosen] ?? [];
  if (quantize !== null && !own.includes(quantize))
    throw bitsNotOf(precisionOf(choice), chosen, own);
  const isFoldable = framework === 'tfjs' && (chosen === 'tfjs' || chosen === 'safetensors');
  if (fold && !isFoldable) throw notFoldable(chosen, framework);
  return choice;
}
