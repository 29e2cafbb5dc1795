import { readFile } from 'node:fs/promises';
import { readModel } from '../../../model/trainedModel.ts';
import type { Footing } from '../../../record/training.ts';
import { CortexError } from '../../../util/errors.ts';
import type { StudyData } from '../data/types.ts';
import type { Tensor, Tf } from '../tf.ts';
import type { PreparedModel } from '../training/prepareModel.ts';
import type { TrialData } from '../training/trainingData.ts';
import { loadSaved } from './loadSaved.ts';

/** Whose training it is, and what it builds on. */
export interface FootingInput {
  readonly tf: Tf;
  readonly seed: number;
  readonly data: StudyData;
  readonly footing: Footing;
}

type Teachers = NonNullable<Footing['teachers']>;

const BATCH = 512;
const LEAST = 1e-7;

/**
 * The data with softer training targets: part the row's own, part the mean answer of the teachers.
 * What it is measured on stays as it is.
 */
export async function taughtBy(
  teachers: Teachers,
  { prepared, trialData }: { readonly prepared: PreparedModel; readonly trialData: TrialData },
  { tf, data }: FootingInput,
): Promise<TrialData> {
  const isClasses = data.outputs[0]?.task === 'classification';
  if (trialData.kind !== 'arrays') throw notTeachable('its rows are streamed');
  if (data.outputs.length > 1) throw notTeachable('it has several outputs');
  if (isClasses && prepared.forms[0] !== 'one-hot')
    throw notTeachable('its loss takes the number of a class');
  const answers = await answersOf(teachers, { tf, inputs: trialData.inputs(prepared.model) });
  const soft = isClasses ? tf.tidy(() => softened(tf, answers, teachers.temperature)) : answers;
  return {
    ...trialData,
    targets: (model, forms) =>
      trialData
        .targets(model, forms)
        .map((own) => tf.tidy(() => mixed(tf, own, soft, teachers.share))),
  };
}

async function answersOf(
  { paths }: Teachers,
  { tf, inputs }: { readonly tf: Tf; readonly inputs: Tensor[] },
): Promise<Tensor> {
  let sum: Tensor | null = null;
  for (const path of paths) {
    const teacher = await loadSaved({ format: 'safetensors', path }, tf);
    const { reading } = readModel(await readFile(path)).facts;
    const [answer] = [teacher.predict(inputs, { batchSize: BATCH })].flat();
    if (!answer) throw notTeachable('a teacher gave no answer');
    const likely = reading === 'logits' ? tf.softmax(answer) : answer;
    sum = sum === null ? likely : tf.add(sum, likely);
    teacher.dispose();
  }
  if (sum === null) throw notTeachable('there is no teacher');
  return tf.div(sum, paths.length);
}

/** Probabilities `p` become `p^(1/T)`, shares of their sum again: softmax of the logits over T. */
const softened = (tf: Tf, answers: Tensor, temperature: number): Tensor => {
  const powers = tf.pow(tf.maximum(answers, LEAST), 1 / temperature);
  return tf.div(powers, tf.sum(powers, -1, true));
};

const mixed = (tf: Tf, own: Tensor, soft: Tensor, share: number): Tensor =>
  tf.add(tf.mul(own, 1 - share), tf.mul(tf.reshape(soft, own.shape), share));

/** Data that nobody can be taught on here. */
const notTeachable = (why: string): CortexError =>
  new CortexError({
    code: 'teaching-not-here',
    kind: 'input',
    happened: `A model cannot be taught by another here: ${why}.`,
    expected: 'rows in memory, and a loss that takes a target for each output.',
    remedy: 'Prune or narrow it instead.',
  });
