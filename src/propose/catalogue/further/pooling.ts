import type { Work } from '../work.ts';

/** Works behind pooling and how far a layer sees. */
export const WORKS_ON_POOLING: readonly Work[] = [
  {
    id: 'yu-2015',
    title: 'Multi-Scale Context Aggregation by Dilated Convolutions',
    authors: 'Yu & Koltun',
    year: 2015,
    venue: 'ICLR 2016',
    identifier: 'arXiv 1511.07122',
    claim: 'Dilated convolutions see far without losing resolution.',
    fails: 'May leave a grid in the output.',
    ideas: ['pooling'],
    checked: true,
  },
  {
    id: 'zhou-2015-cam',
    title: 'Learning Deep Features for Discriminative Localization',
    authors: 'Zhou, Khosla, Lapedriza, Oliva & Torralba',
    year: 2015,
    venue: 'CVPR 2016',
    identifier: 'arXiv 1512.04150',
    claim: 'Global average pooling lets a classifier say where it looks.',
    fails: 'Costs a little accuracy.',
    ideas: ['global-pooling'],
    checked: true,
  },
  {
    id: 'fukushima-1980',
    title:
      'Neocognitron: A Self-organizing Neural Network Model for a Mechanism of Pattern ' +
      'Recognition Unaffected by Shift in Position',
    authors: 'Fukushima',
    year: 1980,
    venue: 'Biological Cybernetics 36',
    identifier: null,
    claim: 'Layers of shared filters and pooling know a pattern wherever it stands.',
    fails: 'Was trained without gradients.',
    ideas: ['convolution-front', 'pooling'],
  },
];
