import type { Attempt } from '../../record/attempt.ts';
import { completedTrials } from '../../record/measures.ts';
import { objectiveOf } from '../../record/objectives.ts';
import { isLengthGuessed } from '../../study/lengths.ts';
import { isBetterValue } from '../../study/objective.ts';
import { prove } from './proveChange.ts';
import type { CheckInput, Proven, Train } from './proveChange.ts';

/**
 * Operator name of the one change of the training that no proposal can make: the number of epochs
 * stands in `cortex.json`.
 */
export const MORE_EPOCHS = 'more-epochs';

/** A curve whose best epoch comes before this share of them would gain nothing from more. */
const STILL_IMPROVING = 0.75;

/**
 * Where the validation curve is at its best near the end, the same builder for twice the epochs.
 * Not where nobody says how long the user trains: of their training it would say nothing.
 */
export async function proveEpochs(input: CheckInput, train: Train): Promise<Proven | null> {
  const { root, round } = input;
  if (isLengthGuessed(round.study) || !stillImproves(root)) return null;
  const epochs = 2 * root.config.epochs;
  const change = `${epochs} epochs instead of ${root.config.epochs}`;
  const words = {
    operator: MORE_EPOCHS,
    family: 'epochs',
    title: `Train for ${epochs} epochs`,
    change,
    fault: 'stops too early',
    instead:
      `Write "epochs": ${epochs} in cortex.json; that is a study of its own, with a new ` +
      'baseline.',
  };
  return prove({ ...words, text: round.model.text, epochs }, input, train);
}

const stillImproves = ({ trials, config }: Attempt): boolean =>
  completedTrials(trials).some(({ curves }) => {
    const objective = objectiveOf(config);
    const values = (curves[objective.metric] ?? []).flatMap((value, index) =>
      value === null ? [] : [{ value, epoch: index + 1 }],
    );
    const best = values.reduce<(typeof values)[number] | null>(
      (winner, each) =>
        winner === null || isBetterValue(objective, each.value, winner.value) ? each : winner,
      null,
    );
    return best !== null && best.epoch >= STILL_IMPROVING * config.epochs;
  });
