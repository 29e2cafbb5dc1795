import type { LayerSpec } from '../../model/edits.ts';
import { causal, dense, embed, flatten, plainSketch, recurrent } from './layers.ts';
import type { FirstModel } from './sketch.ts';
import type { TextSurvey } from './survey.ts';

const EMBEDDED = 24;
const UNITS = 64;
/** Texts are learned in few epochs of many steps. */
const QUICK = { type: 'adam', learningRate: 0.01 } as const;

/** First models that foretell what comes next: at every step, or behind the last one alone. */
export const ofTexts = (survey: TextSurvey, steps: Steps): readonly FirstModel[] => [
  lstm(survey, steps),
  gru(survey, steps),
  steps === 'every' ? causalStack(survey) : window(survey),
];

type Steps = 'last' | 'every';

const said = ({ length, task, vocabulary }: TextSurvey): string =>
  `${length.toLocaleString('en')} ${task}, ${vocabulary.length} different ones`;

const embedded = ({ vocabulary }: TextSurvey): LayerSpec => embed(vocabulary.length, EMBEDDED);

const lstm = (survey: TextSurvey, steps: Steps): FirstModel => ({
  name: 'lstm',
  title: `An LSTM of ${UNITS} units`,
  reason:
    `${said(survey)}: it keeps a state beside its output that remembers how a word or a sentence ` +
    'began; the plain model of this task.',
  source: 'Hochreiter & Schmidhuber, Long Short-Term Memory, 1997',
  confidence: 0.45,
  sketch: plainSketch([embedded(survey), recurrent('lstm', UNITS, steps)], 'classes', {
    optimizer: QUICK,
  }),
});

const gru = (survey: TextSurvey, steps: Steps): FirstModel => ({
  name: 'gru',
  title: `A GRU of ${UNITS} units`,
  reason:
    `${said(survey)}: a gate and a state less than an LSTM, so that it learns sooner from a text ` +
    'of this length.',
  source:
    'Cho et al., Learning Phrase Representations using RNN Encoder–Decoder, 2014 ' +
    '(arXiv 1406.1078)',
  confidence: 0.4,
  sketch: plainSketch([embedded(survey), recurrent('gru', UNITS, steps)], 'classes', {
    optimizer: QUICK,
  }),
});

const causalStack = (survey: TextSurvey): FirstModel => ({
  name: 'causal-convolutions',
  title: 'Three causal convolutions',
  reason:
    `${said(survey)}: three convolutions over a step and the two before it see seven ` +
    `${survey.task} back and learn all steps at once.`,
  source:
    'Bai, Kolter & Koltun, An Empirical Evaluation of Generic Convolutional and Recurrent ' +
    'Networks for Sequence Modeling, 2018 (arXiv 1803.01271)',
  confidence: 0.5,
  sketch: plainSketch(
    [
      embedded(survey),
      ...causal(survey.window, { from: EMBEDDED, to: UNITS, depth: 3 }),
      dense(UNITS),
    ],
    'classes',
    { optimizer: QUICK },
  ),
});

const window = (survey: TextSurvey): FirstModel => ({
  name: 'window',
  title: `The last ${survey.window} ${survey.task} at once in a hidden layer`,
  reason:
    `${said(survey)}: the vectors of the last ${survey.window} stand side by side, each place ` +
    'with weights of its own.',
  source: 'Bengio, Ducharme, Vincent & Jauvin, A Neural Probabilistic Language Model, 2003',
  confidence: 0.5,
  sketch: plainSketch([embedded(survey), flatten, dense(2 * UNITS)], 'classes'),
});
