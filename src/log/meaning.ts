import type { FindingKind } from './diagnosis.ts';

/**
 * A finding in plain words: its name, and what it means for somebody who reads it for the first
 * time.
 */
interface Meaning {
  readonly name: string;
  readonly text: string;
}

/** What each kind of finding means. */
export const FINDING_MEANINGS: Readonly<Record<FindingKind, Meaning>> = {
  'improvement-rate': {
    name: 'Improvement rate',
    text: 'How much of the loss the whole run took away: above 50 % is good, below 10 % slow.',
  },
  'convergence-trend': {
    name: 'Convergence trend',
    text: 'Whether the loss was still going somewhere when training ended.',
  },
  'train-validation-gap': {
    name: 'Train–validation gap',
    text:
      'How far the validation loss lies above the training loss: below 10 % is small, above 20 ' +
      '% large.',
  },
  overfitting: {
    name: 'Overfitting',
    text: 'The model learns what only the training rows have; new rows gain nothing from it.',
  },
  'under-trained': {
    name: 'Under-trained',
    text:
      'Training stopped while the loss was still falling: more epochs or longer steps would ' +
      'bring more, without any other change.',
  },
  plateau: {
    name: 'Plateau',
    text: 'The loss has stopped moving; further epochs of the same kind bring nothing.',
  },
  underfitting: {
    name: 'Underfitting',
    text:
      'Training and validation are equally bad: the model cannot express what the data ask ' +
      'for, or is held back too much.',
  },
  divergence: {
    name: 'Divergence',
    text:
      'The training loss climbs away from its lowest: steps are too long, or gradients ' +
      'explode.',
  },
  'not-a-number': {
    name: 'Not a number',
    text: 'A number overflowed; nothing after this epoch means anything.',
  },
  oscillation: {
    name: 'Oscillation',
    text:
      'The loss jumps up and down from epoch to epoch: steps are too long for the valley they ' +
      'walk in.',
  },
  creeping: {
    name: 'Creeping',
    text: 'The loss falls evenly but hardly at all: steps are too short, or gradients vanish.',
  },
  'noisy-validation': {
    name: 'Noisy validation',
    text:
      'The validation loss swings by more than it changes: the part is small, and single ' +
      'epochs prove nothing.',
  },
  'validation-below-training': {
    name: 'Validation below training',
    text:
      'Rows the model never saw are easier for it than those it trained on: strong dropout, a ' +
      'leak between the parts, or a lucky small part.',
  },
  'metric-loss-disagree': {
    name: 'Metric and loss disagree',
    text:
      'One gets better while the other gets worse: the model is right as often as before, but ' +
      'less sure of it, or too sure.',
  },
  'class-collapse': {
    name: 'Class collapse',
    text: 'The model answers with one class, whatever it is shown.',
  },
  'not-learning': {
    name: 'Not learning',
    text: 'The loss is what guessing gives: nothing has been learned yet.',
  },
  restart: {
    name: 'Restart',
    text:
      'The curve jumps or bends at once: training was restarted, or the learning rate was ' +
      'changed.',
  },
  'taken-as-loss': {
    name: 'Taken as the loss',
    text:
      'No series of the log is called loss; this is judged in its place because its name says ' +
      'what it is.',
  },
  'other-run': {
    name: 'Perhaps another run',
    text: 'Something suggests that this log was not written by the model as it is now.',
  },
  'too-few-epochs': { name: 'Too few epochs', text: 'A trend needs at least five epochs.' },
  'cannot-tell': { name: 'Cannot tell', text: 'The log holds no loss that could be judged.' },
};
