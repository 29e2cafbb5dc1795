import type { StudyConfig } from '../../../record/studyConfig.ts';
import { foretells } from '../data/foretells.ts';
import type { StudyData } from '../data/types.ts';
import type { ModelSource } from '../modelSource.ts';
import type { Tf } from '../tf.ts';
import { requireNoForesight } from './foresight.ts';
import { prepareModel, type PreparedModel } from './prepareModel.ts';
import type { TensorCache, TrialData } from './trainingData.ts';

/** What makes a model ready to train. */
export interface ReadyInput {
  readonly tf: Tf;
  readonly data: StudyData;
  readonly config: StudyConfig;
  readonly tensors: TensorCache;
  readonly source: ModelSource;
  /** What everything random starts from. */
  readonly random: number;
  readonly seedRuntime: (random: number) => void;
}

/** A model ready to train, and the rows for it. */
export interface Ready {
  readonly prepared: PreparedModel;
  readonly trialData: TrialData;
}

/** Builds and compiles the variant with everything random set by `random`. */
export async function makeReady(input: ReadyInput): Promise<Ready> {
  const { tf, data, config, random } = input;
  input.seedRuntime(random);
  const trialData = await input.tensors.open(data);
  const model = await input.source({ fit: { data, limits: config.limits }, random });
  if (foretells(data)) requireNoForesight(tf, model, await trialData.fewInputs(model));
  return { prepared: await prepareModel(model, { tf, data, trialData, config }), trialData };
}
