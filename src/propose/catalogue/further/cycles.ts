import type { Work } from '../work.ts';

/** Works behind cycles, clipping and transforms. */
export const WORKS_ON_CYCLES: readonly Work[] = [
  {
    id: 'cooley-1965',
    title: 'An Algorithm for the Machine Calculation of Complex Fourier Series',
    authors: 'Cooley & Tukey',
    year: 1965,
    venue: 'Mathematics of Computation 19',
    identifier: null,
    claim: 'A Fourier transform of n points takes n log n steps in place of n².',
    fails: 'Short sequences gain little.',
    ideas: ['fourier-mixing'],
  },
  {
    id: 'smith-2017',
    title: 'Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates',
    authors: 'Smith & Topin',
    year: 2017,
    venue: 'arXiv',
    identifier: 'arXiv 1708.07120',
    claim: 'One cycle up to a very large rate trains some networks an order of magnitude faster.',
    fails: 'Not every network bears the rate.',
    ideas: ['one-cycle'],
    checked: true,
  },
  {
    id: 'smith-2018',
    title:
      'A disciplined approach to neural network hyper-parameters: Part 1 -- learning rate, ' +
      'batch size, momentum, and weight decay',
    authors: 'Smith',
    year: 2018,
    venue: 'arXiv',
    identifier: 'arXiv 1803.09820',
    claim: 'Rate, batch, momentum and decay are set together, from a few short runs.',
    fails: 'Says how to tune, not what wins.',
    ideas: ['one-cycle', 'raise-learning-rate'],
    checked: true,
  },
  {
    id: 'pascanu-2012',
    title: 'On the difficulty of training Recurrent Neural Networks',
    authors: 'Pascanu, Mikolov & Bengio',
    year: 2012,
    venue: 'ICML 2013',
    identifier: 'arXiv 1211.5063',
    claim: 'Gradients cut to a length keep recurrent networks from exploding.',
    fails: 'Does nothing against gradients that vanish.',
    ideas: ['gradient-clipping'],
    checked: true,
  },
];
