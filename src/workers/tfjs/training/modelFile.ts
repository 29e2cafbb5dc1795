import { countedAnew } from '../../../model/layerNames.ts';
import { writeModel, type ModelFacts } from '../../../model/trainedModel.ts';
import type { StudyData } from '../data/types.ts';
import type { Trained } from './trainOnce.ts';

/** A trained model as the file that Cortex keeps. */
export async function modelFile(
  { learner, data }: Trained,
  made: Pick<ModelFacts, 'seed' | 'versions'>,
): Promise<Uint8Array> {
  const { topology: written, ownLayers, weights } = await learner.trained();
  const { topology, rename } = countedAnew(written ?? '');
  return writeModel({
    facts: {
      framework: 'tfjs',
      topology: written === null ? null : topology,
      ...(ownLayers.length > 0 && { ownLayers: [...ownLayers] }),
      ...made,
      ...factsOf(data, learner),
    },
    weights: weights.map((each) => ({ ...each, name: rename(each.name) })),
  });
}

type DataFacts = Pick<
  ModelFacts,
  'task' | 'inputShape' | 'outputUnits' | 'preparation' | 'reading' | 'inputs' | 'outputs'
>;

function factsOf(
  { inputs, outputs, preparation }: StudyData,
  { prepared }: Trained['learner'],
): DataFacts {
  const readings = prepared.outputs.map(({ reading }) => reading);
  return {
    task: outputs[0]?.task ?? 'regression',
    inputShape: inputs[0]?.shape ?? [],
    outputUnits: outputs[0]?.units ?? 1,
    reading: readings[0] ?? 'probabilities',
    preparation: preparation ?? { inputs: null, targets: null, classes: [] },
    ...(inputs.length > 1 && { inputs: inputs.map(({ name, shape }) => ({ name, shape })) }),
    ...(outputs.length > 1 && {
      outputs: outputs.map(({ name, task, shape, units, classes = [] }, index) => ({
        ...{ name, task, shape, units, classes },
        reading: readings[index] ?? 'probabilities',
      })),
    }),
  };
}
