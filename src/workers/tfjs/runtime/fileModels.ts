import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Tf } from '../tf.ts';

const FILE = 'file://';

/** What a saved model's `model.json` says, as far as loading needs it. */
interface SavedModel {
  readonly modelTopology: object;
  readonly weightsManifest?: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly { name: string; shape: number[]; dtype: 'float32' }[];
  }[];
}

/** `tf.loadLayersModel('file://…')` on every runtime: tfjs itself knows files on tfjs-node alone. */
export function loadModelsFromFiles(tf: Tf): void {
  tf.io.registerLoadRouter((url) => {
    const [first] = Array.isArray(url) ? url : [url];
    return first?.startsWith(FILE)
      ? { load: () => Promise.resolve(savedAt(first)) }
      : (null as never);
  });
}

function savedAt(url: string): ReturnType<typeof artifacts> {
  const path = pathOf(url);
  const saved = JSON.parse(readFileSync(path, 'utf8')) as SavedModel;
  return artifacts(saved, dirname(path));
}

function artifacts({ modelTopology, weightsManifest = [] }: SavedModel, folder: string) {
  const files = weightsManifest.flatMap(({ paths }) => paths);
  const bytes = Buffer.concat(files.map((name) => readFileSync(join(folder, name))));
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => [...weights]),
    weightData: new Uint8Array(bytes).buffer,
  };
}

/** Also without the third slash, as tfjs-node takes it: `file://./model/model.json`. */
function pathOf(url: string): string {
  return url.startsWith('file:///') ? fileURLToPath(url) : url.slice(FILE.length);
}
