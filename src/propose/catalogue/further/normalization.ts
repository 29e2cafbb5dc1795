import type { Work } from '../work.ts';

/** Works behind normalisation and doing without. */
export const WORKS_ON_NORMALIZATION: readonly Work[] = [
  {
    id: 'zhang-2019-fixup',
    title: 'Fixup Initialization: Residual Learning Without Normalization',
    authors: 'Zhang, Dauphin & Ma',
    year: 2019,
    venue: 'ICLR 2019',
    identifier: 'arXiv 1901.09321',
    claim: 'A start that scales the branches trains 10,000 layers without normalisation.',
    fails: 'Needs stronger regularisation to be level.',
    ideas: ['remove-normalization', 'initializer'],
    checked: true,
  },
  {
    id: 'santurkar-2018',
    title: 'How Does Batch Normalization Help Optimization?',
    authors: 'Santurkar, Tsipras, Ilyas & Madry',
    year: 2018,
    venue: 'NeurIPS 2018',
    identifier: 'arXiv 1805.11604',
    claim: 'Batch normalisation makes the loss smoother; covariate shift has little to do with it.',
    fails: 'Other normalisations smooth as well.',
    ideas: ['batch-normalization'],
    checked: true,
  },
  {
    id: 'ioffe-2017',
    title:
      'Batch Renormalization: Towards Reducing Minibatch Dependence in Batch-Normalized Models',
    authors: 'Ioffe',
    year: 2017,
    venue: 'NIPS 2017',
    identifier: 'arXiv 1702.03275',
    claim:
      'Batch normalisation fails on small batches; a correction towards moving averages mends it.',
    fails: 'Two numbers more to set.',
    ideas: ['remove-normalization', 'batch-normalization'],
    checked: true,
  },
  {
    id: 'li-2018',
    title: 'Understanding the Disharmony between Dropout and Batch Normalization by Variance Shift',
    authors: 'Li, Chen, Hu & Yang',
    year: 2018,
    venue: 'CVPR 2019',
    identifier: 'arXiv 1801.05134',
    claim: 'Dropout before batch normalisation shifts its variance at test time, and harms.',
    fails: 'Behind the last normalisation it does not.',
    ideas: ['remove-normalization', 'weaken-dropout'],
    checked: true,
  },
];
