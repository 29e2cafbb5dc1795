import type { Work } from '../work.ts';

/** Works behind recurrent cells and what stands in for them. */
export const WORKS_ON_CELLS: readonly Work[] = [
  {
    id: 'hochreiter-1997',
    title: 'Long Short-Term Memory',
    authors: 'Hochreiter & Schmidhuber',
    year: 1997,
    venue: 'Neural Computation 9',
    identifier: null,
    claim: 'Gated memory cells bridge more than 1,000 steps.',
    fails: 'Slow, step by step.',
    ideas: ['swap-cell'],
  },
  {
    id: 'cho-2014',
    title:
      'Learning Phrase Representations using RNN Encoder-Decoder for Statistical Machine ' +
      'Translation',
    authors: 'Cho et al.',
    year: 2014,
    venue: 'EMNLP 2014',
    identifier: 'arXiv 1406.1078',
    claim: 'A cell with two gates learns phrases, and is simpler than an LSTM.',
    fails: 'Counts less well over long spans.',
    ideas: ['swap-cell'],
    checked: true,
  },
  {
    id: 'greff-2015',
    title: 'LSTM: A Search Space Odyssey',
    authors: 'Greff, Srivastava, Koutník, Steunebrink & Schmidhuber',
    year: 2015,
    venue: 'IEEE Transactions on Neural Networks and Learning Systems 28',
    identifier: 'arXiv 1503.04069',
    claim: 'Over 5,400 runs no variant of the LSTM beats the usual one.',
    fails: 'Tried on three tasks.',
    ideas: ['swap-cell'],
    checked: true,
  },
  {
    id: 'oord-2016',
    title: 'WaveNet: A Generative Model for Raw Audio',
    authors: 'van den Oord et al.',
    year: 2016,
    venue: 'arXiv',
    identifier: 'arXiv 1609.03499',
    claim: 'Dilated convolutions model 16,000 samples a second, and speech that people prefer.',
    fails: 'Sampling goes step by step.',
    ideas: ['convolution-over-steps', 'gated-units'],
    checked: true,
  },
];
