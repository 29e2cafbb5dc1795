import type { Work } from '../work.ts';

/** Works behind periodic activations and mixing. */
export const WORKS_ON_WAVES: readonly Work[] = [
  {
    id: 'gorishniy-2022',
    title: 'On Embeddings for Numerical Features in Tabular Deep Learning',
    authors: 'Gorishniy, Rubachev & Babenko',
    year: 2022,
    venue: 'NeurIPS 2022',
    identifier: 'arXiv 2203.05556',
    claim:
      'Periodic or piecewise linear embeddings of numbers bring plain networks level with ' +
      'boosted trees.',
    fails: 'Costs a width for each column.',
    ideas: ['fourier-features'],
    checked: true,
  },
  {
    id: 'ziyin-2020',
    title: 'Neural Networks Fail to Learn Periodic Functions and How to Fix It',
    authors: 'Ziyin, Hartwig & Ueda',
    year: 2020,
    venue: 'NeurIPS 2020',
    identifier: 'arXiv 2006.08195',
    claim:
      'x + sin²(x) learns a period and goes on beyond the data, where rectifiers and tanh do not.',
    fails: 'Without a period it is no better.',
    ideas: ['periodic-activation'],
    checked: true,
  },
  {
    id: 'sitzmann-2020',
    title: 'Implicit Neural Representations with Periodic Activation Functions',
    authors: 'Sitzmann, Martel, Bergman, Lindell & Wetzstein',
    year: 2020,
    venue: 'NeurIPS 2020',
    identifier: 'arXiv 2006.09661',
    claim: 'Sines in place of rectifiers represent pictures, sounds and their derivatives.',
    fails: 'Hangs on how the weights start.',
    ideas: ['periodic-activation'],
    checked: true,
  },
  {
    id: 'leethorp-2021',
    title: 'FNet: Mixing Tokens with Fourier Transforms',
    authors: 'Lee-Thorp, Ainslie, Eckstein & Ontanon',
    year: 2021,
    venue: 'NAACL 2022',
    identifier: 'arXiv 2105.03824',
    claim:
      'A Fourier transform in place of attention keeps 92 to 97 % of BERT’s accuracy and ' +
      'trains 80 % faster on GPUs.',
    fails: 'Where single steps have to be found, attention is better.',
    ideas: ['fourier-mixing'],
    checked: true,
  },
];
