import type { ArrayData, Part, StudyData } from '../data/types.ts';
import { pairOf } from '../data/streamElements.ts';
import type { Dataset, Tensor, Tf } from '../tf.ts';
import type { Evaluator } from './evaluator.ts';
import { targetTensor, labelled, type TargetForm } from './targetTensors.ts';

/** A part of the data a model is evaluated on. */
export type EvaluationPart = 'validation' | 'test';

/** The part of a model that evaluating needs. */
interface Predicts {
  predict(inputs: Tensor, options?: { batchSize?: number }): Tensor | Tensor[];
}

/** Data as tensors, ready for any number of trials. */
export type TrialData = ArrayTrialData | StreamTrialData;

interface Shared {
  /** A few training inputs, to look at the model's outputs. */
  sample(): Promise<Tensor>;
  /** Runs the model over a part and adds its predictions to the evaluator. */
  evaluate(model: Predicts, part: EvaluationPart, evaluator: Pick<Evaluator, 'add'>): Promise<void>;
}

interface ArrayTrialData extends Shared {
  readonly kind: 'arrays';
  readonly inputs: Tensor;
  targets(form: TargetForm): Tensor;
}

interface StreamTrialData extends Shared {
  readonly kind: 'streams';
  train(form: TargetForm): Dataset;
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
    const inputsOf = (part: 'train' | EvaluationPart): Tensor =>
      this.#keep(`${part}:inputs`, () =>
        inputTensor(this.#tf, partOf(data, part), data.inputShape),
      );
    const targetsOf = (form: TargetForm): Tensor =>
      this.#keep(`train:${form}`, () => targetTensor(this.#tf, data, form));
    return {
      kind: 'arrays',
      inputs: inputsOf('train'),
      targets: targetsOf,
      sample: async () =>
        this.#tf.slice(inputsOf('train'), 0, Math.min(SAMPLE_ROWS, data.train.rows)),
      evaluate: async (model, part, evaluator) => {
        const prediction = only(model.predict(inputsOf(part), { batchSize: EVALUATION_BATCH }));
        evaluator.add(await prediction.data(), partOf(data, part).targets);
        prediction.dispose();
      },
    };
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
const inputTensor = (tf: Tf, part: Part, shape: readonly number[]): Tensor =>
  tf.tensor(part.inputs.slice(), [part.rows, ...shape]);

async function openStreams(
  tf: Tf,
  data: Extract<StudyData, { kind: 'streams' }>,
): Promise<StreamTrialData> {
  const parts = await data.open();
  return {
    kind: 'streams',
    train: (form) =>
      parts.train.map((element) => formed(tf, element, { ...data, form })) as Dataset,
    sample: async () => {
      const [element] = await (parts.train.take(1) as Dataset).toArray();
      const { xs, ys } = pairOf(element);
      ys.dispose();
      return xs;
    },
    evaluate: async (model, part, evaluator) => {
      const set = parts[part];
      if (!set) throw new Error(`The ${part} part is sealed.`);
      await set.forEachAsync((element) => {
        const { xs, ys } = pairOf(element);
        const prediction = only(model.predict(xs));
        evaluator.add(prediction.dataSync(), labelled(data, ys));
        for (const tensor of [xs, ys, prediction]) tensor.dispose();
      });
    },
  };
}

type FormInput = Pick<StudyData, 'task' | 'outputUnits'> & { readonly form: TargetForm };

function formed(
  tf: Tf,
  element: unknown,
  { task, outputUnits, form }: FormInput,
): { xs: Tensor; ys: Tensor } {
  const { xs, ys } = pairOf(element);
  const rows = ys.shape[0] ?? 0;
  const oneHot = ys.rank === 2 && ys.shape[1] === outputUnits && outputUnits > 1;
  if (task === 'regression')
    return { xs, ys: tf.reshape(tf.cast(ys, 'float32'), [rows, outputUnits]) };
  if (form === 'one-hot')
    return {
      xs,
      ys: tf.cast(
        oneHot ? ys : tf.oneHot(tf.cast(tf.reshape(ys, [rows]), 'int32'), outputUnits),
        'float32',
      ),
    };
  return { xs, ys: tf.cast(tf.reshape(oneHot ? tf.argMax(ys, 1) : ys, [rows, 1]), 'float32') };
}

const only = (output: Tensor | Tensor[]): Tensor => {
  const tensor = Array.isArray(output) ? output[0] : output;
  if (!tensor) throw new Error('The model gave no output.');
  return tensor;
};
