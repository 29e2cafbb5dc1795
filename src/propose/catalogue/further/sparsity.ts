import type { Work } from '../work.ts';

/** Works behind sparse activity. */
export const WORKS_ON_SPARSITY: readonly Work[] = [
  {
    id: 'ahmad-2019',
    title: 'How Can We Be So Dense? The Benefits of Using Highly Sparse Representations',
    authors: 'Ahmad & Scheinkman',
    year: 2019,
    venue: 'arXiv',
    identifier: 'arXiv 1903.11257',
    claim: 'Networks in which few units speak stay accurate under noise that upsets dense ones.',
    fails: 'Without noise dense networks are as accurate.',
    ideas: ['k-winners'],
    checked: true,
  },
  {
    id: 'makhzani-2013',
    title: 'k-Sparse Autoencoders',
    authors: 'Makhzani & Frey',
    year: 2013,
    venue: 'ICLR 2014',
    identifier: 'arXiv 1312.5663',
    claim:
      'Keeping the k largest hidden activations learns better features than denoising or dropout.',
    fails: 'With k too small, units that never win learn nothing.',
    ideas: ['k-winners'],
    checked: true,
  },
  {
    id: 'olshausen-1996',
    title:
      'Emergence of simple-cell receptive field properties by learning a sparse code for ' +
      'natural images',
    authors: 'Olshausen & Field',
    year: 1996,
    venue: 'Nature 381',
    identifier: null,
    claim: 'Asking for few active units makes filters like those of the visual cortex.',
    fails: 'The code has to be searched for each picture.',
    ideas: ['k-winners'],
  },
  {
    id: 'glorot-2011',
    title: 'Deep Sparse Rectifier Neural Networks',
    authors: 'Glorot, Bordes & Bengio',
    year: 2011,
    venue: 'AISTATS 2011',
    identifier: null,
    claim: 'Rectifiers, silent for half of the inputs, train deep networks without pretraining.',
    fails: 'Units that are silent for all inputs stay so.',
    ideas: ['k-winners', 'swap-activation'],
  },
];
