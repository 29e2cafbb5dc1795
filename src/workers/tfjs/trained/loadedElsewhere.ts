import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { FromGuest, Work } from '../../../execution/protocol.ts';
import type { ExportedFile } from '../../../model/formats/exportFormat.ts';
import { CortexError } from '../../../util/errors.ts';
import { profileOf } from '../data/profileOf.ts';
import { columns } from '../data/sideBySide.ts';
import { sizeOf, type ArrayData, type Part, type StudyData } from '../data/types.ts';
import type { GuestLine } from '../guest/guestLine.ts';
import { numbersOf, numbersToBytes, type Arrays } from '../guest/tensorsAsBytes.ts';
import { TIMING_MS } from './latencies.ts';
import { measured, type Predicted } from './predictSaved.ts';

type Predict = Extract<Work, { type: 'predict' }>;
type Of<Type extends FromGuest['type']> = Extract<FromGuest, { type: Type }>;

/** A model that another library has put together, in a process of its own. */
export class LoadedElsewhere {
  readonly #line: GuestLine;
  readonly #data: ArrayData;
  readonly #model: Predict['model'];

  /** Rejects with an `input` or `environment` error where it cannot be put together. */
  static async open(
    { study, model }: Predict,
    data: StudyData,
    line: GuestLine,
  ): Promise<LoadedElsewhere> {
    if (data.kind !== 'arrays') throw rowsStreamed(model.format);
    const files = await filesAt(model.path);
    line.say(
      {
        type: 'load',
        study,
        model,
        shape: profileOf(data),
        files: files.map(({ name, bytes }) => ({ name, bytes: bytes.length })),
      },
      Buffer.concat(files.map(({ bytes }) => bytes)),
    );
    const loaded = new LoadedElsewhere(line, data, model);
    await loaded.#hear('prepared');
    return loaded;
  }

  private constructor(line: GuestLine, data: ArrayData, model: Predict['model']) {
    this.#line = line;
    this.#data = data;
    this.#model = model;
  }

  async predict(): Promise<Predicted> {
    const name = this.#model.evaluateOn ?? 'validation';
    const part = this.#data[name];
    if (!part) throw new Error(`The ${name} part is sealed.`);
    const predicted = await measured(this.#data, this.#model, async (evaluator) => {
      const { arrays, bytes } = inputsOf(this.#data, part);
      this.#line.say({ type: 'outputs-wanted', name, inputs: arrays }, bytes);
      const { message, bytes: answered } = await this.#hear('outputs');
      evaluator.add(numbersOf({ arrays: message.outputs, bytes: answered }), part.targets);
    });
    if (!this.#model.timed) return predicted;
    this.#line.say({ type: 'times-wanted', seconds: TIMING_MS / 1000 });
    const { message } = await this.#hear('times');
    return { ...predicted, measures: { ...predicted.measures, ...message.measures } };
  }

  /** As the files of the format that is wanted. */
  async files(): Promise<readonly ExportedFile[]> {
    this.#line.say({ type: 'files-wanted' });
    const { message, bytes } = await this.#hear('files');
    let at = 0;
    return message.files.map(({ name, bytes: length }) => {
      at += length;
      return { name, bytes: bytes.subarray(at - length, at) };
    });
  }

  close(): void {
    this.#line.say({ type: 'go', stop: true, logs: {} });
  }

  async #hear<Type extends FromGuest['type']>(
    type: Type,
  ): Promise<{ readonly message: Of<Type>; readonly bytes: Uint8Array }> {
    const { message, bytes } = await this.#line.hear();
    if (message.type === 'failed')
      throw new CortexError(message.refusal ?? notLoaded(this.#model.format, message.failure));
    if (message.type !== type) throw new Error(`"${message.type}" came instead of "${type}".`);
    return { message: message as Of<Type>, bytes };
  }
}

/** Rows of a part, input by input. */
function inputsOf(data: ArrayData, { inputs, rows }: Part): Arrays {
  const sizes = data.inputs.map(({ shape }) => sizeOf(shape));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const parts = sizes.map((width, at) => {
    const from = sizes.slice(0, at).reduce((sum, size) => sum + size, 0);
    return columns(inputs, { all, from, width });
  });
  return {
    arrays: data.inputs.map(({ shape }) => ({ shape: [rows, ...shape], dtype: 'float32' })),
    bytes: numbersToBytes(parts).bytes,
  };
}

/** The file itself, or all in a folder, by their names in it. */
async function filesAt(path: string): Promise<readonly ExportedFile[]> {
  if ((await lstat(path)).isFile()) return [{ name: basename(path), bytes: await readFile(path) }];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((e) => join(e.parentPath, e.name));
  return Promise.all(
    files.map(async (file) => ({
      name: relative(path, file).split(sep).join('/'),
      bytes: await readFile(file),
    })),
  );
}

const notLoaded = (format: string, { message }: Of<'failed'>['failure']) => ({
  code: 'weights-not-loadable',
  kind: 'input' as const,
  happened: `The model cannot be put together as ${format}: ${message}`,
  expected: "a model of layers that the format's library has.",
  remedy:
    'Choose another format: cortex export <attempt> --format safetensors. For tfjs, a layer of ' +
    'your own has to be known to TensorFlow.js: tf.serialization.registerClass(YourLayer) in the ' +
    'model file, and a getConfig that tells what its constructor takes.',
});

const rowsStreamed = (format: string): CortexError =>
  new CortexError({
    code: 'export-rows-streamed',
    kind: 'input',
    happened: `An export as ${format} cannot be compared here: the study's rows are streamed.`,
    expected: 'rows in memory (a table, or a data module that returns arrays).',
    remedy: 'Export as tfjs: cortex export <attempt> --format tfjs',
  });
