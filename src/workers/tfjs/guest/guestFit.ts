import type { FromGuest, ToGuest } from '../../../execution/protocol.ts';
import type { BuildInput } from '../builder/buildVariant.ts';
import { withoutData } from '../builder/readGuard.ts';
import type { ArrayData, StudyData } from '../data/types.ts';
import { builtHere } from '../modelSource.ts';
import { seedRuntime } from '../runtime/determinism.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { Dataset, TensorContainer, Tf } from '../tf.ts';
import { finiteLogs, lossCheck, plainLogs } from '../training/fitLogs.ts';
import { localLearner, type FitLogs, type LocalLearner, type Watch } from '../training/learner.ts';
import { makeReady, type Ready } from '../training/makeReady.ts';
import { fastestStep } from '../training/probeStep.ts';
import { TensorCache } from '../training/trainingData.ts';
import type { RegisteredClasses } from '../blueprint/knownParts.ts';
import type { VariantFault } from '../variantFault.ts';
import { unpack } from './rowsAsBytes.ts';
import { numbersOf, numbersToBytes, toBytes, toTensors, type Arrays } from './tensorsAsBytes.ts';

type Fit = Extract<ToGuest, { type: 'fit' }>;
type WithoutId<T> = T extends unknown ? Omit<T, 'id' | 'bytes'> : never;

/** The trainer's end, as the process of a variant sees it. */
export interface TrainerLine {
  readonly say: (message: WithoutId<FromGuest>, bytes?: Uint8Array) => void;
  readonly hear: () => Promise<{ readonly message: ToGuest; readonly bytes: Uint8Array }>;
}

/** Where the variant is built. */
export type Workshop = Omit<BuildInput, 'beforeBuilder' | 'data' | 'limits' | 'variant'> & {
  /** The classes that TensorFlow.js brings along. */
  readonly known: RegisteredClasses;
};

/** Builds and trains a variant on the rows it is handed; what it is worth is measured elsewhere. */
export async function fitAsGuest(
  fit: Fit,
  bytes: Uint8Array,
  { workshop, line }: { readonly workshop: Workshop; readonly line: TrainerLine },
): Promise<void> {
  const { tf } = workshop;
  const scope = openTensorScope(tf);
  const tensors = new TensorCache(tf);
  const data = dataOf(tf, unpack(fit.data, bytes), line);
  const guest = new Guest(workshop, data, line);
  try {
    const ready = await makeReady({
      tf,
      data,
      config: fit.study.config,
      tensors,
      seedRuntime: () => void seedRuntime(tf, fit.random),
      source: builtHere({ ...workshop, variant: fit.variant }),
      random: fit.random,
    });
    await guest.train(ready, fit);
  } finally {
    tensors.close();
    scope.close();
  }
}

class Guest {
  readonly #tf: Tf;
  readonly #known: RegisteredClasses;
  readonly #data: StudyData;
  readonly #line: TrainerLine;

  constructor({ tf, known }: Workshop, data: StudyData, line: TrainerLine) {
    this.#tf = tf;
    this.#known = known;
    this.#data = data;
    this.#line = line;
  }

  async train(ready: Ready, { probe, study: { config } }: Fit): Promise<void> {
    const learner = localLearner({ tf: this.#tf, known: this.#known, ...ready, config });
    const { model: _, ...prepared } = ready.prepared;
    this.#line.say({ type: 'prepared', parameters: learner.parameters, prepared });
    if (await this.#go(learner)) return;
    const secondsPerStep = probe
      ? await fastestStep(this.#tf, ready, { data: this.#data, config })
      : await withoutData(() => this.#fit(learner));
    this.#line.say({ type: 'fitted', secondsPerStep });
    if (!probe) await this.#go(learner);
  }

  async #fit(learner: LocalLearner): Promise<null> {
    const lossFault = lossCheck();
    const watch: Watch & { fault: VariantFault | null } = {
      fault: null,
      batchEnded(logs) {
        this.fault ??= lossFault(logs);
        return this.fault !== null;
      },
      epochEnded: (_, logs) => this.#epochEnded(learner, logs),
    };
    await learner.fit(watch);
    if (watch.fault) throw watch.fault;
    return null;
  }

  async #epochEnded(learner: LocalLearner, logs: FitLogs): Promise<boolean> {
    this.#line.say({ type: 'epoch-ended', logs: finiteLogs(plainLogs(logs)) });
    return this.#go(learner);
  }

  /** Answers what is asked until it may go on; `true`: it is to stop. */
  async #go(learner: LocalLearner): Promise<boolean> {
    for (;;) {
      const { message, bytes } = await this.#line.hear();
      if (message.type === 'go') return message.stop;
      await this.#answer(learner, message, bytes);
    }
  }

  async #answer(learner: LocalLearner, message: ToGuest, bytes: Uint8Array): Promise<void> {
    if (message.type === 'weights-wanted') return this.#tellWeights(learner);
    if (message.type === 'times-wanted') {
      const measures = await learner.times(1000 * message.seconds);
      return this.#line.say({ type: 'times', measures });
    }
    if (message.type !== 'outputs-wanted') throw new Error(`"${message.type}" came out of turn.`);
    const outputs = await this.#outputs(learner, message, bytes);
    this.#line.say({ type: 'outputs', outputs: outputs.arrays }, outputs.bytes);
  }

  async #tellWeights(learner: LocalLearner): Promise<void> {
    const { topology, ownLayers, weights } = await learner.trained();
    const { bytes } = numbersToBytes(
      weights.map(({ dtype, values }) => (dtype === 'int32' ? Int32Array.from(values) : values)),
    );
    const arrays = weights.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
    const facts = { topology, ownLayers, versions: {}, weights: arrays };
    this.#line.say({ type: 'weights', ...facts }, bytes);
  }

  async #outputs(
    learner: LocalLearner,
    { name, inputs }: Extract<ToGuest, { type: 'outputs-wanted' }>,
    bytes: Uint8Array,
  ): Promise<Arrays> {
    if (this.#data.kind === 'streams')
      return this.#outputsOfBatch(learner, { arrays: inputs, bytes });
    const part = name === 'test' ? 'test' : 'validation';
    if (inputs.length > 0) give(this.#data, part, numbersOf({ arrays: inputs, bytes })[0]);
    const seen: Float32Array[] = [];
    await learner.evaluate(part, {
      add: (outputs) => void seen.push(...outputs.map((each) => Float32Array.from(each))),
    });
    return numbersToBytes(seen);
  }

  async #outputsOfBatch(learner: LocalLearner, batch: Arrays): Promise<Arrays> {
    const inputs = toTensors(this.#tf, batch);
    const outputs = learner.predict(inputs);
    const all = await toBytes(outputs);
    this.#tf.dispose([...inputs, ...outputs]);
    return all;
  }
}

/** Rows of a part, as far as they are handed out: the targets are none. */
function give(
  data: ArrayData,
  part: 'validation' | 'test',
  inputs: Float32Array | Int32Array = new Float32Array(),
): void {
  const width = data.train.inputs.length / data.train.rows;
  const given = {
    rows: inputs.length / width,
    inputs: Float32Array.from(inputs),
    targets: new Float32Array(),
    weights: null,
  };
  Object.assign(data, { [part]: given });
}

/** Streamed rows are asked for, batch by batch. */
function dataOf(tf: Tf, data: StudyData, line: TrainerLine): StudyData {
  if (data.kind === 'arrays') return data;
  const batches = async function* (): AsyncGenerator<TensorContainer> {
    for (let isFirst = true; ; isFirst = false) {
      line.say({ type: 'rows-wanted', isFirst });
      const { message, bytes } = await line.hear();
      if (message.type !== 'rows') throw new Error(`"${message.type}" came instead of rows.`);
      const tensors = toTensors(tf, { arrays: message.arrays, bytes });
      if (tensors.length === 0) return;
      const count = data.inputs.length;
      yield { xs: tensors.slice(0, count), ys: tensors.slice(count) };
    }
  };
  const train = tf.data.generator(batches as never) as Dataset;
  return { ...data, open: async () => ({ train, validation: train, test: null }) };
}
