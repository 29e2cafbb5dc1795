import type { Work } from '../work.ts';

/** Works behind convolutions. */
export const WORKS_ON_CONVOLUTIONS: readonly Work[] = [
  {
    id: 'woo-2018',
    title: 'CBAM: Convolutional Block Attention Module',
    authors: 'Woo, Park, Lee & Kweon',
    year: 2018,
    venue: 'ECCV 2018',
    identifier: 'arXiv 1807.06521',
    claim:
      'Attention over channels, then over places, improves every network tried at little cost.',
    fails: 'The gain is tenths of a percent on strong ones.',
    ideas: ['channel-attention'],
    checked: true,
  },
  {
    id: 'howard-2017',
    title: 'MobileNets: Efficient Convolutional Neural Networks for Mobile Vision Applications',
    authors: 'Howard et al.',
    year: 2017,
    venue: 'arXiv',
    identifier: 'arXiv 1704.04861',
    claim: 'Separable convolutions take eight to nine times less computation at a small loss.',
    fails: 'The loss grows as the network shrinks.',
    ideas: ['separable'],
    checked: true,
  },
  {
    id: 'sandler-2018',
    title: 'MobileNetV2: Inverted Residuals and Linear Bottlenecks',
    authors: 'Sandler, Howard, Zhu, Zhmoginov & Chen',
    year: 2018,
    venue: 'CVPR 2018',
    identifier: 'arXiv 1801.04381',
    claim:
      'Thin ends without activation around a wide separable middle keep accuracy with fewer ' +
      'operations.',
    fails: 'Thin ends lose what an activation cuts.',
    ideas: ['separable', 'bottleneck'],
    checked: true,
  },
  {
    id: 'liu-2022',
    title: 'A ConvNet for the 2020s',
    authors: 'Liu, Mao, Wu, Feichtenhofer, Darrell & Xie',
    year: 2022,
    venue: 'CVPR 2022',
    identifier: 'arXiv 2201.03545',
    claim: 'Convolutions with the design of transformers reach 87.8 % on ImageNet.',
    fails: 'Much of the gain is the training recipe.',
    ideas: ['separable', 'layer-normalization'],
    checked: true,
  },
];
