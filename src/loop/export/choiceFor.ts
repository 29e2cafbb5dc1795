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

/** Formats that hold weights of fewer bits, with what they take. */
const BITS: Partial<Record<ExportFormat, readonly string[]>> = {
  tfjs: ['16', '8', 'uint8'],
  tflite: ['16', '8'],
  safetensors: ['16', '8'],
};

/** The format that is meant; throws an `input` error for what it is not to be had in. */
export function choiceFor(
  { facts: { framework } }: TrainedModel,
  { format, quantize, fold }: Pick<ExportRequest, 'format' | 'quantize' | 'fold'>,
): ExportChoice {
  const formats = FORMATS[framework];
  const chosen = format ?? formats[0] ?? 'safetensors';
  if (!formats.includes(chosen)) throw formatNotOf(chosen, framework, formats);
  const choice = { format: chosen, quantize };
  const own = BITS[chosen] ?? [];
  if (quantize !== null && !own.includes(quantize))
    throw bitsNotOf(precisionOf(choice), chosen, own);
  const isFoldable = framework === 'tfjs' && (chosen === 'tfjs' || chosen === 'safetensors');
  if (fold && !isFoldable) throw notFoldable(chosen, framework);
  return choice;
}
