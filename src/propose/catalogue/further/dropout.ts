import type { Work } from '../work.ts';

/** Works behind dropout and the length of word vectors. */
export const WORKS_ON_DROPOUT: readonly Work[] = [
  {
    id: 'hinton-2012',
    title: 'Improving neural networks by preventing co-adaptation of feature detectors',
    authors: 'Hinton, Srivastava, Krizhevsky, Sutskever & Salakhutdinov',
    year: 2012,
    venue: 'arXiv',
    identifier: 'arXiv 1207.0580',
    claim: 'Leaving half of the units out for each row gives large gains on speech and pictures.',
    fails: 'Slows training.',
    ideas: ['add-dropout'],
    checked: true,
  },
  {
    id: 'gal-2015-dropout',
    title: 'Dropout as a Bayesian Approximation: Representing Model Uncertainty in Deep Learning',
    authors: 'Gal & Ghahramani',
    year: 2015,
    venue: 'ICML 2016',
    identifier: 'arXiv 1506.02142',
    claim: 'Dropout left on while predicting tells how sure a network is.',
    fails: 'Needs many passes for one answer.',
    ideas: ['add-dropout'],
    checked: true,
  },
  {
    id: 'mikolov-2013',
    title: 'Efficient Estimation of Word Representations in Vector Space',
    authors: 'Mikolov, Chen, Corrado & Dean',
    year: 2013,
    venue: 'arXiv',
    identifier: 'arXiv 1301.3781',
    claim: 'Words and vectors have to grow together: more of either alone soon brings little.',
    fails: 'Small texts do not fill large vectors.',
    ideas: ['embedding-size'],
    checked: true,
  },
  {
    id: 'yin-2018',
    title: 'On the Dimensionality of Word Embedding',
    authors: 'Yin & Shen',
    year: 2018,
    venue: 'NeurIPS 2018',
    identifier: 'arXiv 1812.04224',
    claim:
      'The best length of word vectors balances bias and variance, and can be told beforehand.',
    fails: 'Derived for factorised matrices.',
    ideas: ['embedding-size'],
    checked: true,
  },
];
