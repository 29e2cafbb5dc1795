import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import type { FromGuest, Work } from '../../../execution/protocol.ts';
import type { ExportedFile } from '../../../model/formats/exportFormat.ts';
import { CortexError } from '../../../util/errors.ts';
import type { ArrayData, StudyData } from '../data/types.ts';
import type { GuestLine } from '../guest/guestLine.ts';
import { numbersOf } from '../guest/tensorsAsBytes.ts';
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
    const [input, output] = [data.inputs[0], data.outputs[0]];
    line.say(
      {
        type: 'load',
        study,
        model,
        shape: {
          task: output?.task ?? 'regression',
          inputShape: [...(input?.shape ?? [])],
          outputUnits: output?.units ?? 1,
        },
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
    const { inputs, rows, targets } = this.#data.validation;
    const shape = [rows, ...(this.#data.inputs[0]?.shape ?? [])];
    const predicted = await measured(this.#data, this.#model.reading, async (evaluator) => {
      const asked = { name: 'validation', inputs: [{ shape, dtype: 'float32' as const }] };
      const bytes = new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength);
      this.#line.say({ type: 'outputs-wanted', ...asked }, bytes);
      const { message, bytes: answered } = await this.#hear('outputs');
      evaluator.add(numbersOf({ arrays: message.outputs, bytes: answered }), targets);
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
  remedy: 'Choose another format: cortex export <attempt> --format tfjs',
});

const rowsStreamed = (format: string): CortexError =>
  new CortexError({
    code: 'export-rows-streamed',
    kind: 'input',
    happened: `An export as ${format} cannot be compared here: the study's rows are streamed.`,
    expected: 'rows in memory (a table, or a data module that returns arrays).',
    remedy: 'Export as tfjs: cortex export <attempt> --format tfjs',
  });
