import { type ChangeTopic } from './architectureChange.ts';

/** A subject a text can claim; `topics` empty: something no edit of a builder can do here. */
export interface Claim {
  readonly name: string;
  readonly words: RegExp;
  readonly topics: readonly ChangeTopic[];
}

/** What a text can claim, and the change that would make it true. */
export const CLAIMS: readonly Claim[] = [
  { name: 'early stopping', words: /\bearly[- ]?stop\w*/i, topics: [] },
  { name: 'data augmentation', words: /\b(data[- ]?)?augment(ation|ing|s)?\b/i, topics: [] },
  {
    name: 'a learning-rate schedule',
    words: /\b(learning[- ]?rate|lr|cosine|step)[- ]?(schedul\w*|decay|warm-?up|annealing)\b/i,
    topics: [],
  },
  {
    name: 'more epochs',
    words: /\b(more epochs|train(ing)? (for )?longer|epochs? (to|from) \d+)\b/i,
    topics: [],
  },
  { name: 'another batch size', words: /\bbatch[- ]?size\b/i, topics: [] },
  { name: 'dropout', words: /\bdrop-?out\b/i, topics: ['dropout'] },
  { name: 'batch normalisation', words: /\bbatch[- ]?norm\w*/i, topics: ['batch-normalization'] },
  { name: 'layer normalisation', words: /\blayer[- ]?norm\w*/i, topics: ['layer-normalization'] },
  {
    name: 'the learning rate',
    words: /\blearning[- ]?rate\b(?![- ]?(schedul|decay|warm|anneal))|\blr\b/i,
    topics: ['learning-rate', 'optimizer'],
  },
  {
    name: 'the optimiser',
    words: /\boptimi[sz]er|\b(adam|sgd|rmsprop|momentum|adagrad)\b/i,
    topics: ['optimizer', 'learning-rate'],
  },
  {
    name: 'the loss',
    words:
      /\b(loss function|label[- ]?smoothing|huber|log-?cosh|cross-?entropy|mean squared error|mse|swap-loss)\b/i,
    topics: ['loss'],
  },
  {
    name: 'weight regularisation',
    words: /\b(l1|l2|weight[- ]decay|kernel_?regulari[sz]\w*|regulari[sz]er)\b/i,
    topics: ['regularization'],
  },
  {
    name: 'the activation',
    words: /\b(activations?|relu|elu|selu|gelu|swish|tanh|sigmoid)\b/i,
    topics: ['activation'],
  },
  {
    name: 'the initialiser',
    words: /\b(initiali[sz]\w*|he[_ ]?normal|glorot\w*)\b/i,
    topics: ['initializer'],
  },
  { name: 'pooling', words: /\bpool\w*/i, topics: ['pooling'] },
  { name: 'convolution', words: /\bconv\w*/i, topics: ['convolution'] },
  {
    name: 'a residual connection',
    words: /\b(residual|skip[- ]connections?|shortcut)\b/i,
    topics: ['residual'],
  },
  {
    name: 'the width',
    words: /\b(widen\w*|wider|narrow\w*|units|filters|neurons|capacity|smaller|larger|bigger)\b/i,
    topics: ['width'],
  },
  {
    name: 'the depth',
    words:
      /\b(deepen\w*|deeper|depth|(add|insert|remov|drop|append)\w* (an?|one|two|the|another|second|third|hidden|dense|further|extra|\w+)?( \w+)? ?layers?)\b/i,
    topics: [
      'depth',
      'convolution',
      'residual',
      'other',
      'dropout',
      'batch-normalization',
      'layer-normalization',
      'pooling',
      'activation',
    ],
  },
];
