import { join } from 'node:path';
import { cacheFolder } from '../../src/adapters/files/cacheFolder.ts';

/** The virtual environment that `npm run python` makes: Keras on JAX and TensorFlow, PyTorch. */
export const pythonFolder = (): string => join(cacheFolder(), 'python');

/** The interpreter of a virtual environment. */
export const pythonIn = (folder: string): string =>
  process.platform === 'win32'
    ? join(folder, 'Scripts', 'python.exe')
    : join(folder, 'bin', 'python');

/** In that environment: ONNX and its runtime, to be named in `PYTHONPATH`. */
export const onnxFolder = (folder: string): string => join(folder, 'onnx');
