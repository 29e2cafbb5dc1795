import type { Work } from '../work.ts';

/** Works behind size and depth. */
export const WORKS_ON_SIZE: readonly Work[] = [
  {
    id: 'frankle-2018',
    title: 'The Lottery Ticket Hypothesis: Finding Sparse, Trainable Neural Networks',
    authors: 'Frankle & Carbin',
    year: 2018,
    venue: 'ICLR 2019',
    identifier: 'arXiv 1803.03635',
    claim: 'Networks of 10 to 20 % of the size, from the right start, train as well.',
    fails: 'Finding them takes training the large one.',
    ideas: ['narrow'],
    checked: true,
  },
  {
    id: 'han-2015',
    title:
      'Deep Compression: Compressing Deep Neural Networks with Pruning, Trained Quantization ' +
      'and Huffman Coding',
    authors: 'Han, Mao & Dally',
    year: 2015,
    venue: 'ICLR 2016',
    identifier: 'arXiv 1510.00149',
    claim: 'AlexNet is made 35 times smaller without loss of accuracy.',
    fails: 'Speed gains less than size.',
    ideas: ['narrow'],
    checked: true,
  },
  {
    id: 'rumelhart-1986',
    title: 'Learning representations by back-propagating errors',
    authors: 'Rumelhart, Hinton & Williams',
    year: 1986,
    venue: 'Nature 323',
    identifier: null,
    claim: 'Hidden layers learn features that the task needs.',
    fails: 'May end in a poor minimum.',
    ideas: ['deepen'],
  },
  {
    id: 'szegedy-2014',
    title: 'Going Deeper with Convolutions',
    authors: 'Szegedy et al.',
    year: 2014,
    venue: 'CVPR 2015',
    identifier: 'arXiv 1409.4842',
    claim: '22 layers with twelve times fewer weights than AlexNet reach 6.67 % top-5 error.',
    fails: 'Designed by hand for ImageNet.',
    ideas: ['deepen', 'bottleneck'],
    checked: true,
  },
];
