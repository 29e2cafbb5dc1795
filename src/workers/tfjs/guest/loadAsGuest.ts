import type { io } from '@tensorflow/tfjs';
import type { ToGuest } from '../../../execution/protocol.ts';
import { readModel } from '../../../model/trainedModel.ts';
import { askedBy } from '../builder/askedBy.ts';
import { buildVariant } from '../builder/buildVariant.ts';
import { badRequest } from '../errors.ts';
import { openTensorScope } from '../tensorScope.ts';
import type { LayersModel, Tensor, Tf } from '../tf.ts';
import { latencies } from '../trained/latencies.ts';
import { inputsFor, predictRows } from '../training/trainingData.ts';
import type { TrainerLine, Workshop } from './guestFit.ts';
import { toBytes, toTensors } from './tensorsAsBytes.ts';

type Load = Extract<ToGuest, { type: 'load' }>;

interface Place {
  readonly workshop: Workshop;
  readonly line: TrainerLine;
}

/**
 * Puts a trained model together that has layers of the model file's own, and answers what it is
 * asked: weights go into what its builder builds; an export is loaded by TensorFlow.js, once the
 * file has told it of its layers.
 */
export async function loadAsGuest(load: Load, bytes: Uint8Array, place: Place): Promise<void> {
  const { tf } = place.workshop;
  const scope = openTensorScope(tf);
  try {
    const built = await buildFor(load, place.workshop);
    const files = filesOf(load, bytes);
    const model = load.model.format === 'tfjs' ? await exportedModel(files, tf) : built;
    if (model === built) putWeights(model, files, tf);
    place.line.say({ type: 'prepared', parameters: model.countParams(), prepared: {} });
    await answerAll(model, load, place);
  } finally {
    scope.close();
  }
}

async function buildFor({ study, model, shape }: Load, workshop: Workshop): Promise<LayersModel> {
  if (!model.source) throw badRequest('load without the source of the builder');
  return buildVariant({
    ...workshop,
    variant: model.source,
    data: askedBy(shape),
    limits: study.config.limits,
    beforeBuilder: () => undefined,
  });
}

type Files = ReadonlyMap<string, Uint8Array>;

function filesOf({ files }: Load, bytes: Uint8Array): Files {
  let at = 0;
  return new Map(
    files.map(({ name, bytes: length }) => {
      at += length;
      return [name, bytes.subarray(at - length, at)];
    }),
  );
}

function putWeights(model: LayersModel, files: Files, tf: Tf): void {
  const [file = new Uint8Array()] = files.values();
  const tensors = readModel(file).weights.map(({ values, shape, dtype }) =>
    tf.tensor(dtype === 'int32' ? Int32Array.from(values) : values, [...shape], dtype),
  );
  model.setWeights(tensors);
  tf.dispose(tensors);
}

/** What of `model.json` it takes to load it. */
interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: NonNullable<io.ModelArtifacts['weightSpecs']>;
  }[];
}

async function exportedModel(files: Files, tf: Tf): Promise<LayersModel> {
  const text = Buffer.from(files.get('model.json') ?? []).toString('utf8');
  const { modelTopology, weightsManifest } = JSON.parse(text) as ModelJson;
  const paths = weightsManifest.flatMap((group) => group.paths);
  const all = Buffer.concat(paths.map((path) => files.get(path) ?? new Uint8Array()));
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights);
  const weightData = new Uint8Array(all).buffer;
  return tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightSpecs, weightData }));
}

/** Answers until it is told to go. */
async function answerAll(model: LayersModel, { shape }: Load, place: Place): Promise<void> {
  const { line, workshop } = place;
  const { tf } = workshop;
  let rows: readonly Tensor[] = [];
  for (;;) {
    const { message, bytes } = await line.hear();
    if (message.type === 'go') return;
    if (message.type === 'outputs-wanted') {
      rows = toTensors(tf, { arrays: message.inputs, bytes });
      const outputs = await toBytes(predictRows(askedBy(shape), model, rows));
      line.say({ type: 'outputs', outputs: outputs.arrays }, outputs.bytes);
    } else if (message.type === 'times-wanted') {
      const sample = inputsFor(askedBy(shape), model, rows).map((all) => few(tf, all));
      const mostMs = 1000 * message.seconds;
      line.say({ type: 'times', measures: await latencies(tf, model, { sample, mostMs }) });
    } else throw badRequest(`${message.type} to a loaded model`);
  }
}

const SAMPLE_ROWS = 32;

const few = (tf: Tf, rows: Tensor): Tensor =>
  tf.slice(rows, 0, Math.min(SAMPLE_ROWS, rows.shape[0] ?? 0));
