import type { Work } from '../work.ts';

/** Works behind shortcuts. */
export const WORKS_ON_SHORTCUTS: readonly Work[] = [
  {
    id: 'he-2016',
    title: 'Identity Mappings in Deep Residual Networks',
    authors: 'He, Zhang, Ren & Sun',
    year: 2016,
    venue: 'ECCV 2016',
    identifier: 'arXiv 1603.05027',
    claim: 'With a clean shortcut 1,001 layers train, to 4.62 % error on CIFAR-10.',
    fails: 'Below a hundred layers it matters little.',
    ideas: ['residual'],
    checked: true,
  },
  {
    id: 'huang-2016-depth',
    title: 'Deep Networks with Stochastic Depth',
    authors: 'Huang, Sun, Liu, Sedra & Weinberger',
    year: 2016,
    venue: 'ECCV 2016',
    identifier: 'arXiv 1603.09382',
    claim:
      'Dropping whole residual blocks while training reaches 4.91 % on CIFAR-10 with more than ' +
      '1,200 layers.',
    fails: 'Shallow networks lose.',
    ideas: ['residual'],
    checked: true,
  },
  {
    id: 'larsson-2016',
    title: 'FractalNet: Ultra-Deep Neural Networks without Residuals',
    authors: 'Larsson, Maire & Shakhnarovich',
    year: 2016,
    venue: 'ICLR 2017',
    identifier: 'arXiv 1605.07648',
    claim: 'Short and long ways side by side train deep networks without residuals.',
    fails: 'More weights for the same accuracy.',
    ideas: ['residual', 'dense-connection'],
    checked: true,
  },
  {
    id: 'gorishniy-2021',
    title: 'Revisiting Deep Learning Models for Tabular Data',
    authors: 'Gorishniy, Rubachev, Khrulkov & Babenko',
    year: 2021,
    venue: 'NeurIPS 2021',
    identifier: 'arXiv 2106.11959',
    claim:
      'A plain residual network is a strong baseline on tables that many new ones do not beat.',
    fails: 'Boosted trees still win on some.',
    ideas: ['residual'],
    checked: true,
  },
];
