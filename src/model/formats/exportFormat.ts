import type { Precision } from '../quantize.ts';

/** A file of an export, by its name in the folder. */
export interface ExportedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** What a trained model can be written as; the framework that trained it decides which. */
export const EXPORT_FORMATS = [
  'tfjs',
  'keras',
  'savedmodel',
  'tflite',
  'onnx',
  'torch',
  'safetensors',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `8`: the best 8-bit form the format knows; `uint8`: one scale a tensor, as tfjs has it. */
export const QUANTIZATIONS = ['16', '8', 'uint8'] as const;
export type Quantization = (typeof QUANTIZATIONS)[number];

/** What is exported, and how. */
export interface ExportChoice {
  readonly format: ExportFormat;
  /** `null`: weights as they were trained. */
  readonly quantize: Quantization | null;
}

/** How the weights of an export are written. */
export function precisionOf({ format, quantize }: ExportChoice): Precision {
  if (quantize === null) return 'float32';
  if (quantize === '16') return 'float16';
  return format === 'tfjs' || quantize === 'uint8' ? 'uint8' : 'int8-per-channel';
}

/** The call by which a program loads each, `folder` being where the export is. */
export const LOADED_BY: Readonly<Record<ExportFormat, (folder: string) => string>> = {
  tfjs: (folder) => `tf.loadLayersModel('${folder}/model.json')`,
  keras: (folder) => `keras.models.load_model('${folder}/model.keras')`,
  savedmodel: (folder) => `tf.saved_model.load('${folder}').serve(rows)`,
  tflite: (folder) => `tf.lite.Interpreter('${folder}/model.tflite')`,
  onnx: (folder) => `onnxruntime.InferenceSession('${folder}/model.onnx')`,
  torch: (folder) => `torch.export.load('${folder}/model.pt2').module()`,
  safetensors: (folder) => `safetensors.numpy.load_file('${folder}/model.safetensors')`,
};
