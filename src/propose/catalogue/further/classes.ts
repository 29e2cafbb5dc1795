import type { Work } from '../work.ts';

/** Works behind losses of classes and of outliers. */
export const WORKS_ON_CLASSES: readonly Work[] = [
  {
    id: 'muller-2019',
    title: 'When Does Label Smoothing Help?',
    authors: 'Müller, Kornblith & Hinton',
    year: 2019,
    venue: 'NeurIPS 2019',
    identifier: 'arXiv 1906.02629',
    claim: 'Smoothed labels make a network better calibrated as well as more accurate.',
    fails: 'As a teacher it is worse.',
    ideas: ['label-smoothing'],
    checked: true,
  },
  {
    id: 'cui-2019',
    title: 'Class-Balanced Loss Based on Effective Number of Samples',
    authors: 'Cui, Jia, Lin, Song & Belongie',
    year: 2019,
    venue: 'CVPR 2019',
    identifier: 'arXiv 1901.05555',
    claim: 'Weighing classes by an effective number of rows helps where classes have long tails.',
    fails: 'A number more to tune.',
    ideas: ['focal-loss'],
    checked: true,
  },
  {
    id: 'buda-2017',
    title: 'A systematic study of the class imbalance problem in convolutional neural networks',
    authors: 'Buda, Maki & Mazurowski',
    year: 2017,
    venue: 'Neural Networks 106',
    identifier: 'arXiv 1710.05381',
    claim: 'Imbalance harms; repeating rare rows is the best remedy of those compared.',
    fails: 'A threshold has to be set anew.',
    ideas: ['focal-loss'],
    checked: true,
  },
  {
    id: 'barron-2017',
    title: 'A General and Adaptive Robust Loss Function',
    authors: 'Barron',
    year: 2017,
    venue: 'CVPR 2019',
    identifier: 'arXiv 1701.03077',
    claim:
      'One family holds squared, Huber-like, Cauchy and other losses; its shape can be learned.',
    fails: 'A shape that is learned may settle on the easy one.',
    ideas: ['huber-loss', 'log-cosh'],
    checked: true,
  },
];
