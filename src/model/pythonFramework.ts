/** What a Python model file is trained with. */
export type Framework = 'keras' | 'torch';

const KERAS = /^\s*(?:from|import)\s+(?:[\w.]+\s*,\s*)*(?:keras|tensorflow|tf_keras)\b/m;
const TENSORFLOW = /^\s*(?:from|import)\s+(?:[\w.]+\s*,\s*)*tensorflow\b/m;
const TORCH = /^\s*(?:from|import)\s+(?:[\w.]+\s*,\s*)*(?:torch|pytorch_lightning|lightning)\b/m;

/** The framework that a Python source is written for, by what it imports; Keras goes first. */
export const frameworkOf = (text: string): Framework =>
  !KERAS.test(text) && TORCH.test(text) ? 'torch' : 'keras';

/** Whether it asks for TensorFlow itself, and so for Keras on it. */
export const importsTensorFlow = (text: string): boolean => TENSORFLOW.test(text);
