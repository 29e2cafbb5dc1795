import { CortexError, REPLAY_MISSING } from '../../util/errors.ts';

/** A question of the replay that nobody asked when the study was recorded. */
export const answerMissing = (model: string, request: string): CortexError =>
  new CortexError({
    code: REPLAY_MISSING,
    kind: 'input',
    happened:
      `No answer of ${model} is recorded for this request (${request.slice(0, 12)}), so the ` +
      'replay ends here.',
    expected:
      'the questions of the recorded study: the same model file, data, cortex.json, runtime ' +
      'and flags (--rounds, --seed, --goal, --proposer).',
    remedy: 'Start it as the recorded run was started, or run without --replay to ask the model.',
  });

/** The study holds no exchange with a language model. */
export const nothingRecorded = (study: string): CortexError =>
  new CortexError({
    code: 'replay-nothing-recorded',
    kind: 'input',
    happened: `The study ${study} holds no answers of a language model.`,
    expected: 'attempts that a language model proposed.',
    remedy: 'Run without --replay first.',
  });
