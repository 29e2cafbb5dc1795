import type { Work } from '../work.ts';

/** Works behind fast weights. */
export const WORKS_ON_FAST_WEIGHTS: readonly Work[] = [
  {
    id: 'ba-2016-fast',
    title: 'Using Fast Weights to Attend to the Recent Past',
    authors: 'Ba, Hinton, Mnih, Leibo & Ionescu',
    year: 2016,
    venue: 'NIPS 2016',
    identifier: 'arXiv 1610.06258',
    claim:
      'A Hebbian matrix that fades lets a recurrent network recall pairs that plain ones of ' +
      'its size cannot.',
    fails: 'Helps only where the recent past comes back.',
    ideas: ['fast-weights'],
    checked: true,
  },
  {
    id: 'schmidhuber-1992',
    title: 'Learning to Control Fast-Weight Memories: An Alternative to Dynamic Recurrent Networks',
    authors: 'Schmidhuber',
    year: 1992,
    venue: 'Neural Computation 4',
    identifier: null,
    claim: 'One network can write the weights of another as it goes.',
    fails: 'Was tried on small tasks alone.',
    ideas: ['fast-weights'],
  },
  {
    id: 'schlag-2021',
    title: 'Linear Transformers Are Secretly Fast Weight Programmers',
    authors: 'Schlag, Irie & Schmidhuber',
    year: 2021,
    venue: 'ICML 2021',
    identifier: 'arXiv 2102.11174',
    claim:
      'Attention without a softmax is a fast-weight memory; a delta rule lets it write over ' +
      'what is old.',
    fails: 'What it holds is bounded by the width.',
    ideas: ['fast-weights', 'self-attention'],
    checked: true,
  },
];
