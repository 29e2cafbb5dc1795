import type { Offer } from './rankCandidates.ts';

/**
 * The user's words as the offline engine reads them: a filter over offers, and what it understood.
 */
export interface Wish {
  /** The words as given; `null` when there are none. */
  readonly text: string | null;
  /**
   * One entry per topic, e.g. `prefers a smaller or faster model`; empty where nothing was
   * understood.
   */
  readonly understood: readonly string[];
  /** Nothing in the wish forbids this offer. */
  allows(offer: Offer): boolean;
  /** The offer is of the kind wished for; true for all where the wish names no kind. */
  wants(offer: Offer): boolean;
}

/** A subject that a wish can name. */
interface Topic {
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

const TOPICS: readonly Topic[] = [
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
  { words: /\binitiali[sz]\w*/i, name: 'initialisation', covers: families('initializer') },
];

const NEGATION = /\b(no|not|without|never|avoid|don['’]?t|keep)\s+(?:\w+\s+){0,2}$/i;

/** Reads a wish; what it does not understand it leaves aside, and {@link describeWish} says so. */
export function readWish(text: string | null): Wish {
  const named = TOPICS.flatMap((topic) => {
    const match = topic.words.exec(text ?? '');
    return match ? [{ topic, negated: NEGATION.test(match.input.slice(0, match.index)) }] : [];
  });
  const wanted = named.filter(({ negated }) => !negated).map(({ topic }) => topic);
  const unwanted = named.filter(({ negated }) => negated).map(({ topic }) => topic);
  return {
    text: text?.trim() ? text.trim() : null,
    understood: [
      ...wanted.map(({ name }) => `prefers ${name}`),
      ...unwanted.map(({ name }) => `leaves out ${name}`),
    ],
    allows: (offer) => !unwanted.some(({ covers }) => covers(offer)),
    wants: (offer) => wanted.length === 0 || wanted.some(({ covers }) => covers(offer)),
  };
}

/** What the offline engine will make of a wish, said while it is written; `null`: no wish yet. */
export function foretellWish(
  text: string,
): { readonly text: string; readonly isUsed: boolean } | null {
  if (text.trim() === '') return null;
  const { understood } = readWish(text);
  if (understood.length > 0)
    return { text: `The offline engine takes it so: it ${understood.join(', ')}.`, isUsed: true };
  const known = TOPICS.map(({ name }) => name).join(', ');
  return {
    text: `The offline engine can make nothing of this; a language model may. It knows: ${known}.`,
    isUsed: false,
  };
}

/** A sentence for the proposal's reasoning: how the wish was taken; empty without a wish. */
export function describeWish(wish: Wish, offer: Offer): string {
  if (wish.text === null) return '';
  if (wish.understood.length === 0)
    return (
      `The offline proposer could not make use of the wish “${wish.text}”; this follows the ` +
      'log alone.'
    );
  const taken = `The wish “${wish.text}” was taken as: ${wish.understood.join(', ')}.`;
  return wish.wants(offer)
    ? taken
    : `${taken} Nothing of that kind is left to try, so this follows the log alone.`;
}
