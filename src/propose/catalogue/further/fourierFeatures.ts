import type { Work } from '../work.ts';

/** Works behind Fourier features. */
export const WORKS_ON_FOURIER_FEATURES: readonly Work[] = [
  {
    id: 'tancik-2020',
    title:
      'Fourier Features Let Networks Learn High Frequency Functions in Low Dimensional Domains',
    authors: 'Tancik et al.',
    year: 2020,
    venue: 'NeurIPS 2020',
    identifier: 'arXiv 2006.10739',
    claim:
      'Sines and cosines of the inputs let dense networks learn fine detail that they miss ' +
      'otherwise.',
    fails: 'Of too high a scale they fit noise.',
    ideas: ['fourier-features'],
    checked: true,
  },
  {
    id: 'rahaman-2018',
    title: 'On the Spectral Bias of Neural Networks',
    authors: 'Rahaman et al.',
    year: 2018,
    venue: 'ICML 2019',
    identifier: 'arXiv 1806.08734',
    claim: 'Networks of rectifiers learn low frequencies first, and high ones slowly.',
    fails: 'What is smooth needs no help.',
    ideas: ['fourier-features', 'periodic-activation'],
    checked: true,
  },
  {
    id: 'rahimi-2007',
    title: 'Random Features for Large-Scale Kernel Machines',
    authors: 'Rahimi & Recht',
    year: 2007,
    venue: 'NIPS 2007',
    identifier: null,
    claim:
      'Random cosines of the inputs turn a kernel machine into a linear one, as accurate and ' +
      'far faster.',
    fails: 'Needs many features where inputs are many.',
    ideas: ['fourier-features'],
  },
  {
    id: 'li-2021',
    title: 'Learnable Fourier Features for Multi-Dimensional Spatial Positional Encoding',
    authors: 'Li, Si, Li, Hsieh & Bengio',
    year: 2021,
    venue: 'NeurIPS 2021',
    identifier: 'arXiv 2106.02795',
    claim: 'Waves whose frequencies are learned beat fixed ones in telling places apart.',
    fails: 'Few rows do not determine the frequencies.',
    ideas: ['fourier-features', 'position-codes'],
    checked: true,
  },
];
