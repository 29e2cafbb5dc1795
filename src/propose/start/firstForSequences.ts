import {
  convolve1d,
  dense,
  dropout,
  embed,
  flatten,
  overSteps,
  plainSketch,
  pool1d,
  recurrent,
} from './layers.ts';
import type { FirstModel, Sketch } from './sketch.ts';
import type { TableSurvey } from './survey.ts';

/** Words that are told apart; the rarer ones count as one. */
export const MOST_WORDS = 2000;

interface Steps {
  readonly steps: number;
  readonly channels: number;
}

/** First models of measurements in an order, and of the past of a series. */
export function ofSequences(survey: TableSurvey, shape: Steps): readonly FirstModel[] {
  const said =
    `${survey.rows.toLocaleString('en')} rows of ${shape.steps} steps` +
    (shape.channels > 1 ? ` of ${shape.channels} numbers` : '');
  const output = outputOf(survey);
  return [overTime(said, output, survey), remembering(said, output), atOnce(said, output, survey)];
}

const outputOf = ({ task }: TableSurvey): Sketch['output'] =>
  task === 'classification' ? 'classes' : 'numbers';

const overTime = (said: string, output: Sketch['output'], { task }: TableSurvey): FirstModel => ({
  name: 'temporal-convolutions',
  title: 'Convolutions over the steps',
  reason:
    `${said}: filters over five steps find the same shape wherever it stands, and train faster ` +
    'than a recurrent layer.',
  source:
    'Bai, Kolter & Koltun, An Empirical Evaluation of Generic Convolutional and Recurrent ' +
    'Networks for Sequence Modeling, 2018 (arXiv 1803.01271)',
  confidence: task === 'forecast' ? 0.35 : 0.5,
  sketch: plainSketch(
    task === 'forecast'
      ? [convolve1d(32, 5), convolve1d(32, 3), flatten, dense(32)]
      : [convolve1d(32, 5), pool1d, convolve1d(32, 3), overSteps('Average'), dense(32)],
    output,
  ),
});

const remembering = (said: string, output: Sketch['output']): FirstModel => ({
  name: 'recurrent',
  title: 'A GRU of 32 units',
  reason:
    `${said}: a recurrent layer reads them one after the other and keeps in mind what matters, ` +
    'however far back.',
  source:
    'Cho et al., Learning Phrase Representations using RNN Encoder–Decoder, 2014 ' +
    '(arXiv 1406.1078)',
  confidence: 0.35,
  sketch: plainSketch([recurrent('gru', 32), dense(16)], output),
});

const atOnce = (said: string, output: Sketch['output'], { task }: TableSurvey): FirstModel => ({
  name: 'all-steps',
  title: 'All steps at once in a hidden layer',
  reason:
    `${said}: each step has a weight of its own. Simple models of this kind have been found ` +
    'level with far larger ones on series.',
  source:
    'Zeng et al., Are Transformers Effective for Time Series Forecasting?, 2022 (arXiv 2205.13504)',
  confidence: task === 'forecast' ? 0.5 : 0.25,
  sketch: plainSketch([flatten, dense(64), dense(32)], output),
});

/** First models of texts of a class or a number. */
export function ofWords(survey: TableSurvey, length: number): readonly FirstModel[] {
  const output = outputOf(survey);
  const said = `${survey.rows.toLocaleString('en')} texts of up to ${length} words`;
  return [bagOfWords(said, output, survey.rows), phrases(said, output), inOrder(said, output)];
}

const bagOfWords = (said: string, output: Sketch['output'], rows: number): FirstModel => ({
  name: 'bag-of-words',
  title: 'The mean of word vectors',
  reason: `${said}: which words occur tells most of it, and there is little to learn by heart.`,
  source: 'Joulin et al., Bag of Tricks for Efficient Text Classification, 2016 (arXiv 1607.01759)',
  confidence: rows < 5000 ? 0.55 : 0.4,
  sketch: plainSketch([embed(MOST_WORDS, 32), overSteps('Average'), dense(16)], output),
});

const phrases = (said: string, output: Sketch['output']): FirstModel => ({
  name: 'phrases',
  title: 'Convolutions over three words',
  reason: `${said}: filters over three words find phrases (“not good”) wherever they stand.`,
  source: 'Kim, Convolutional Neural Networks for Sentence Classification, 2014 (arXiv 1408.5882)',
  confidence: 0.45,
  sketch: plainSketch(
    [embed(MOST_WORDS, 32), convolve1d(32, 3), overSteps('Max'), dropout(0.3)],
    output,
  ),
});

const inOrder = (said: string, output: Sketch['output']): FirstModel => ({
  name: 'recurrent',
  title: 'A GRU over the words',
  reason: `${said}: a recurrent layer reads them in their order, where that decides.`,
  source:
    'Cho et al., Learning Phrase Representations using RNN Encoder–Decoder, 2014 ' +
    '(arXiv 1406.1078)',
  confidence: 0.25,
  sketch: plainSketch([embed(MOST_WORDS, 32), recurrent('gru', 32)], output),
});
