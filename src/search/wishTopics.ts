import type { Offer } from './rankCandidates.ts';

/** A subject that a wish can name. */
export interface Topic {
  readonly words: RegExp;
  readonly name: string;
  readonly covers: (offer: Offer) => boolean;
}

const operators =
  (...names: readonly string[]) =>
  ({ operator }: Offer): boolean =>
    names.includes(operator.name);
const families =
  (...names: readonly string[]) =>
  ({ operator }: Offer): boolean =>
    names.includes(operator.family);

/** All that the offline engine understands. */
export const TOPICS: readonly Topic[] = [
  {
    words:
      /\b(smaller|half (of )?(the|its) size|shrink|compact|lighter|fewer (parameters|weights)|faster|quicker|cheaper|narrow(er)?)\b/i,
    name: 'a smaller or faster model',
    covers: ({ candidate }) => candidate.priority.growth < 0.99,
  },
  {
    words: /\b(bigger|larger|more (capacity|parameters|units)|wider?|widen)\b/i,
    name: 'a larger model',
    covers: ({ candidate }) => candidate.priority.growth > 1.1,
  },
  { words: /\b(deeper|deepen|more layers)\b/i, name: 'more layers', covers: operators('deepen') },
  {
    words: /\b(over-?fit\w*|regulari[sz]\w*|generali[sz]\w*|memori[sz]\w*)\b/i,
    name: 'less overfitting',
    covers: ({ operator }) =>
      (operator.family === 'regularization' && !operator.name.startsWith('weaken')) ||
      operator.name === 'label-smoothing',
  },
  {
    words: /\bbatch[- ]?norm\w*/i,
    name: 'batch normalisation',
    covers: operators('batch-normalization', 'input-normalization'),
  },
  {
    words: /\blayer[- ]?norm\w*/i,
    name: 'layer normalisation',
    covers: operators('layer-normalization'),
  },
  {
    words: /(?<!batch[- ]?)(?<!layer[- ]?)\bnormali[sz]\w*/i,
    name: 'normalisation',
    covers: families('normalization'),
  },
  {
    words: /\bdrop-?out\b/i,
    name: 'dropout',
    covers: operators('add-dropout', 'strengthen-dropout', 'weaken-dropout'),
  },
  {
    words: /\b(l2|weight decay)\b/i,
    name: 'L2',
    covers: operators('add-l2', 'strengthen-penalty', 'weaken-penalty'),
  },
  { words: /\b(l1|sparse|sparsity)\b/i, name: 'L1', covers: operators('add-l1') },
  {
    words: /\blearning[- ]?rate\b|\blr\b/i,
    name: 'the learning rate',
    covers: families('learning-rate'),
  },
  { words: /\boptimi[sz]ers?\b/i, name: 'the optimiser', covers: families('optimizer') },
  {
    words:
      /\b(loss function|another loss|change the loss|huber|label smoothing|log-?cosh|pearson|total variation)\b/i,
    name: 'the loss',
    covers: families('loss'),
  },
  { words: /\bactivations?\b/i, name: 'the activation', covers: families('activation') },
  {
    words: /\b(residual|skip connections?|shortcuts?)\b/i,
    name: 'residual connections',
    covers: families('residual'),
  },
  { words: /\b(conv\w*|cnn)\b/i, name: 'convolution', covers: operators('convolution-front') },
  { words: /\bpool(ing)?\b/i, name: 'pooling', covers: families('pooling') },
  {
    words: /\b(attention|attend\w*|squeeze[- ]and[- ]excitation|eca)\b/i,
    name: 'attention',
    covers: families('attention'),
  },
  {
    words: /\b(recurren\w*|lstms?|grus?|rnns?|bidirectional)\b/i,
    name: 'recurrent layers',
    covers: families('recurrent'),
  },
  { words: /\binitiali[sz]\w*/i, name: 'initialisation', covers: families('initializer') },
];
