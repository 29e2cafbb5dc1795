import { byOutput } from '../data/facts.ts';
import { columns } from '../data/sideBySide.ts';
import { pairOf } from '../data/streamBatch.ts';
import { sizeOf, type ArrayData, type Part, type StudyData } from '../data/types.ts';
import type { Dataset, Tensor, Tf } from '../tf.ts';
import { orderOf } from './order.ts';
import type { StudyEvaluator } from './studyEvaluator.ts';
import { formedBatch, labelledRows, targetTensor, type TargetForm } from './targetTensors.ts';

/** A part of the data a model is evaluated on. */
export type EvaluationPart = 'validation' | 'test';

/** The part of a model that evaluating needs. */
export interface Predicts {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  predict(inputs: Tensor[], options?: { batchSize?: number }): Tensor | Tensor[];
}

/** Data as tensors, ready for any number of trials. */
export type TrialData = ArrayTrialData | StreamTrialData;

interface Shared {
  /** A few training inputs, for each input of the model. */
  fewInputs(model: Predicts): Promise<readonly Tensor[]>;
  /** What the model says to them, for each output of the data. */
  sample(model: Predicts): Promise<readonly ArrayLike<number>[]>;
  /** What the model says, in the order of the data's inputs and outputs. */
  predict(model: Predicts, inputs: readonly Tensor[]): readonly Tensor[];
  /** Runs the model over a part and adds its predictions to the evaluator. */
  evaluate(
    model: Predicts,
    part: EvaluationPart,
    evaluator: Pick<StudyEvaluator, 'add'>,
  ): Promise<void>;
}

interface ArrayTrialData extends Shared {
  readonly kind: 'arrays';
  /** For each input of the model. */
  inputs(model: Predicts): Tensor[];
  /** For each output of the model; `forms` in the order of the data's. */
  targets(model: Predicts, forms: readonly TargetForm[]): Tensor[];
  /** One a row; `null`: all rows count alike. */
  readonly weights: Tensor | null;
}

interface StreamTrialData extends Shared {
  readonly kind: 'streams';
  train(model: Predicts, forms: readonly TargetForm[]): Dataset;
}

const SAMPLE_ROWS = 32;

const EVALUATION_BATCH = 512;

/**
 * Keeps the tensors of the data for one trial: a variant's code may write into them, so that the
 * next one gets its own.
 */
export class TensorCache {
  readonly #tf: Tf;
  #kept = new Map<string, Tensor>();

  constructor(tf: Tf) {
    this.#tf = tf;
  }

  /** The data for one trial; streams are opened anew, so that they start alike. */
  async open(data: StudyData): Promise<TrialData> {
    this.close();
    if (data.kind === 'streams') return openStreams(this.#tf, data);
    return this.#openArrays(data);
  }

  #openArrays(data: ArrayData): ArrayTrialData {
    const { weights } = data.train;
    return {
      kind: 'arrays',
      inputs: (model) => this.#inputsFor(model, data, 'train'),
      targets: (model, forms) => this.#targetsFor(model, data, forms),
      predict: (model, inputs) => predictRows(data, model, inputs),
      weights: weights && this.#keep('train:weights', () => this.#tf.tensor1d(weights.slice())),
      fewInputs: async (model) => this.#fewInputs(model, data),
      sample: async (model) =>
        numbersIn(inOrder(data, model, model.predict(this.#fewInputs(model, data)))),
      evaluate: async (model, part, evaluator) => {
        const inputs = this.#inputsFor(model, data, part);
        const predictions = model.predict(inputs, { batchSize: EVALUATION_BATCH });
        evaluator.add(numbersIn(inOrder(data, model, predictions)), partOf(data, part).targets);
      },
    };
  }

  #fewInputs(model: Predicts, data: ArrayData): Tensor[] {
    const rows = Math.min(SAMPLE_ROWS, data.train.rows);
    return this.#inputsFor(model, data, 'train').map((all) => this.#tf.slice(all, 0, rows));
  }

  #inputsFor(model: Predicts, data: ArrayData, part: 'train' | EvaluationPart): Tensor[] {
    return orderOf(data.inputs, model.inputNames).map((index) =>
      this.#keep(`${part}:input ${index}`, () =>
        inputTensor(this.#tf, partOf(data, part), { data, index }),
      ),
    );
  }

  #targetsFor(model: Predicts, data: ArrayData, forms: readonly TargetForm[]): Tensor[] {
    return orderOf(data.outputs, model.outputNames).map((index) => {
      const [output, form] = [data.outputs[index], forms[index]];
      if (!output || !form) throw new Error(`The data have no output ${index}.`);
      return this.#keep(`train:${index} ${form}`, () => {
        const values = byOutput(data.train.targets, data.outputs)[index] ?? new Float32Array();
        return targetTensor(this.#tf, values, { output, form });
      });
    });
  }

  #keep(name: string, make: () => Tensor): Tensor {
    const kept = this.#kept.get(name) ?? this.#tf.keep(make());
    this.#kept.set(name, kept);
    return kept;
  }

  /** Disposes of them all. */
  close(): void {
    for (const tensor of this.#kept.values()) tensor.dispose();
    this.#kept = new Map();
  }
}

function partOf(data: ArrayData, name: 'train' | EvaluationPart): Part {
  const part = data[name];
  if (!part) throw new Error(`The ${name} part is sealed.`);
  return part;
}

/** From a copy: a backend may compute on the numbers it is given. */
function inputTensor(
  tf: Tf,
  part: Part,
  { data, index }: { readonly data: ArrayData; readonly index: number },
): Tensor {
  const sizes = data.inputs.map(({ shape }) => sizeOf(shape));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const from = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  const values = columns(part.inputs, { all, from, width: sizes[index] ?? 0 });
  return tf.tensor(values.slice(), [part.rows, ...(data.inputs[index]?.shape ?? [])]);
}

/** Inputs and outputs as the data have them, which may go by other places than the model's. */
interface Layout {
  readonly inputs: Parameters<typeof orderOf>[0];
  readonly outputs: Parameters<typeof orderOf>[0];
}

/** What a model says to inputs, both in the order of the data's. */
export const predictRows = (
  data: Layout,
  model: Predicts,
  xs: readonly Tensor[],
): readonly Tensor[] => inOrder(data, model, model.predict(inputsFor(data, model, xs)));

/** Inputs in the order of the model's. */
export const inputsFor = (data: Layout, model: Predicts, xs: readonly Tensor[]): Tensor[] =>
  orderOf(data.inputs, model.inputNames).flatMap((index) => xs[index] ?? []);

/** Predictions in the order of the data's outputs. */
function inOrder(
  { outputs }: Layout,
  { outputNames }: Predicts,
  predicted: Tensor | Tensor[],
): readonly Tensor[] {
  const tensors = [predicted].flat();
  const order = orderOf(outputs, outputNames);
  return outputs.flatMap((_, index) => tensors[order.indexOf(index)] ?? []);
}

/** The tensors are disposed of. */
function numbersIn(tensors: readonly Tensor[]): readonly ArrayLike<number>[] {
  const values = tensors.map((tensor) => tensor.dataSync());
  for (const tensor of tensors) tensor.dispose();
  return values;
}

async function openStreams(
  tf: Tf,
  data: Extract<StudyData, { kind: 'streams' }>,
): Promise<StreamTrialData> {
  const parts = await data.open();
  return {
    kind: 'streams',
    predict: (model, inputs) => predictRows(data, model, inputs),
    train: (model, forms) =>
      parts.train.map((element) => formed(tf, element, { data, model, forms })) as Dataset,
    fewInputs: async (model) => {
      const [element] = await (parts.train.take(1) as Dataset).toArray();
      return inputsFor(data, model, pairOf(element).xs);
    },
    sample: async (model) => {
      const [element] = await (parts.train.take(1) as Dataset).toArray();
      const { xs, ys } = pairOf(element);
      const values = numbersIn(predictRows(data, model, xs));
      for (const tensor of [...xs, ...ys]) tensor.dispose();
      return values;
    },
    evaluate: async (model, part, evaluator) => {
      const set = parts[part];
      if (!set) throw new Error(`The ${part} part is sealed.`);
      await set.forEachAsync((element) => {
        const { xs, ys } = pairOf(element);
        const values = numbersIn(predictRows(data, model, xs));
        evaluator.add(values, labelledRows(data.outputs, ys));
        for (const tensor of [...xs, ...ys]) tensor.dispose();
      });
    },
  };
}

function formed(
  tf: Tf,
  element: unknown,
  {
    data,
    model,
    forms,
  }: {
    readonly data: StudyData;
    readonly model: Predicts;
    readonly forms: readonly TargetForm[];
  },
): { xs: Tensor | Tensor[]; ys: Tensor | Tensor[] } {
  const { xs, ys } = pairOf(element);
  const inputs = inputsFor(data, model, xs);
  const targets = orderOf(data.outputs, model.outputNames).flatMap((index) => {
    const [output, form, tensor] = [data.outputs[index], forms[index], ys[index]];
    return output && form && tensor ? [formedBatch(tf, tensor, { output, form })] : [];
  });
  return { xs: oneOrAll(inputs), ys: oneOrAll(targets) };
}

const oneOrAll = (tensors: Tensor[]): Tensor | Tensor[] =>
  tensors.length === 1 && tensors[0] ? tensors[0] : tensors;
