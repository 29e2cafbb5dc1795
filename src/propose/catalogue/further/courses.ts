import type { Work } from '../work.ts';

/** Works behind learning rates that fall. */
export const WORKS_ON_COURSES: readonly Work[] = [
  {
    id: 'loshchilov-2016',
    title: 'SGDR: Stochastic Gradient Descent with Warm Restarts',
    authors: 'Loshchilov & Hutter',
    year: 2016,
    venue: 'ICLR 2017',
    identifier: 'arXiv 1608.03983',
    claim:
      'Rates that fall along a cosine reach errors of 3.14 % on CIFAR-10 and 16.21 % on CIFAR-100.',
    fails: 'The length of the run has to be known before.',
    ideas: ['cosine-schedule'],
    checked: true,
  },
  {
    id: 'goyal-2017',
    title: 'Accurate, Large Minibatch SGD: Training ImageNet in 1 Hour',
    authors: 'Goyal et al.',
    year: 2017,
    venue: 'arXiv',
    identifier: 'arXiv 1706.02677',
    claim: 'With a warm-up and a rate in proportion, batches of 8,192 lose no accuracy.',
    fails: 'Beyond that size accuracy falls.',
    ideas: ['cosine-schedule', 'raise-learning-rate'],
    checked: true,
  },
  {
    id: 'liu-2019',
    title: 'On the Variance of the Adaptive Learning Rate and Beyond',
    authors: 'Liu et al.',
    year: 2019,
    venue: 'ICLR 2020',
    identifier: 'arXiv 1908.03265',
    claim: 'Adam’s first steps are erratic, which is why a warm-up helps; RAdam corrects them.',
    fails: 'Tuned warm-up does as well.',
    ideas: ['radam', 'cosine-schedule', 'swap-optimizer'],
    checked: true,
  },
  {
    id: 'smith-2017-batch',
    title: "Don't Decay the Learning Rate, Increase the Batch Size",
    authors: 'Smith, Kindermans, Ying & Le',
    year: 2017,
    venue: 'ICLR 2018',
    identifier: 'arXiv 1711.00489',
    claim: 'Larger batches do what smaller rates do, in fewer steps.',
    fails: 'Needs the memory for them.',
    ideas: ['lower-learning-rate', 'cosine-schedule'],
    checked: true,
  },
];
