import type { Work } from '../work.ts';

/** Works behind optimisers. */
export const WORKS_ON_OPTIMIZERS: readonly Work[] = [
  {
    id: 'reddi-2019',
    title: 'On the Convergence of Adam and Beyond',
    authors: 'Reddi, Kale & Kumar',
    year: 2019,
    venue: 'ICLR 2018',
    identifier: 'arXiv 1904.09237',
    claim: 'There are convex problems on which Adam does not converge; a longer memory mends it.',
    fails: 'In practice the difference is small.',
    ideas: ['swap-optimizer'],
    checked: true,
  },
  {
    id: 'choi-2019',
    title: 'On Empirical Comparisons of Optimizers for Deep Learning',
    authors: 'Choi, Shallue, Nado, Lee, Maddison & Dahl',
    year: 2019,
    venue: 'arXiv',
    identifier: 'arXiv 1910.05446',
    claim: 'Tuned well, adaptive methods never do worse than momentum or plain steps.',
    fails: 'Untuned, the order is any.',
    ideas: ['swap-optimizer'],
    checked: true,
  },
  {
    id: 'duchi-2011',
    title: 'Adaptive Subgradient Methods for Online Learning and Stochastic Optimization',
    authors: 'Duchi, Hazan & Singer',
    year: 2011,
    venue: 'JMLR 12',
    identifier: null,
    claim: 'Steps scaled by all gradients of the past suit features that are rare.',
    fails: 'The steps die away on long runs.',
    ideas: ['swap-optimizer'],
  },
  {
    id: 'sutskever-2013',
    title: 'On the importance of initialization and momentum in deep learning',
    authors: 'Sutskever, Martens, Dahl & Hinton',
    year: 2013,
    venue: 'ICML 2013',
    identifier: null,
    claim:
      'A good start and momentum that grows train deep and recurrent networks to the level of ' +
      'second-order methods.',
    fails: 'Either alone does not.',
    ideas: ['swap-optimizer', 'initializer'],
  },
];
