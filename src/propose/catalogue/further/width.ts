import type { Work } from '../work.ts';

/** Works behind width. */
export const WORKS_ON_WIDTH: readonly Work[] = [
  {
    id: 'tan-2019',
    title: 'EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks',
    authors: 'Tan & Le',
    year: 2019,
    venue: 'ICML 2019',
    identifier: 'arXiv 1905.11946',
    claim:
      'Depth, width and resolution grown together reach 84.3 % on ImageNet, 8.4 times smaller ' +
      'than the best before.',
    fails: 'The proportions were found for one family.',
    ideas: ['widen', 'deepen'],
    checked: true,
  },
  {
    id: 'nakkiran-2019',
    title: 'Deep Double Descent: Where Bigger Models and More Data Hurt',
    authors: 'Nakkiran, Kaplun, Bansal, Yang, Barak & Sutskever',
    year: 2019,
    venue: 'ICLR 2020',
    identifier: 'arXiv 1912.02292',
    claim: 'Test error falls, rises where the data are just fitted, and falls again with width.',
    fails: 'With early stopping or penalties the peak is gone.',
    ideas: ['widen', 'narrow'],
    checked: true,
  },
  {
    id: 'kaplan-2020',
    title: 'Scaling Laws for Neural Language Models',
    authors: 'Kaplan et al.',
    year: 2020,
    venue: 'arXiv',
    identifier: 'arXiv 2001.08361',
    claim: 'Loss falls as a power of size, data and computation over seven orders of magnitude.',
    fails: 'Later work finds that data should grow as fast as size.',
    ideas: ['widen'],
    checked: true,
  },
  {
    id: 'hornik-1991',
    title: 'Approximation Capabilities of Multilayer Feedforward Networks',
    authors: 'Hornik',
    year: 1991,
    venue: 'Neural Networks 4',
    identifier: null,
    claim: 'One hidden layer, wide enough, comes as near to any continuous function as wanted.',
    fails: 'It does not say how wide, nor how to learn it.',
    ideas: ['widen'],
  },
];
