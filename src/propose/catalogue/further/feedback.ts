import type { Work } from '../work.ts';

/** Works behind feedback and dendrites. */
export const WORKS_ON_FEEDBACK: readonly Work[] = [
  {
    id: 'zamir-2016',
    title: 'Feedback Networks',
    authors: 'Zamir, Wu, Sun, Shen, Malik & Savarese',
    year: 2016,
    venue: 'CVPR 2017',
    identifier: 'arXiv 1612.09508',
    claim:
      'A recurrent network that refines its answer makes early predictions and matches ' +
      'feedforward ones.',
    fails: 'Each round costs the time of a layer.',
    ideas: ['feedback'],
    checked: true,
  },
  {
    id: 'lamme-2000',
    title: 'The distinct modes of vision offered by feedforward and recurrent processing',
    authors: 'Lamme & Roelfsema',
    year: 2000,
    venue: 'Trends in Neurosciences 23',
    identifier: null,
    claim: 'After a first sweep of 100 ms, feedback between areas shapes what is seen.',
    fails: 'It says nothing of how to train one.',
    ideas: ['feedback'],
  },
  {
    id: 'iyer-2022',
    title:
      'Avoiding Catastrophe: Active Dendrites Enable Multi-Task Learning in Dynamic Environments',
    authors: 'Iyer, Grewal, Velu, Souza, Forest & Ahmad',
    year: 2022,
    venue: 'Frontiers in Neurorobotics 16',
    identifier: 'arXiv 2201.00042',
    claim:
      'Units gated by dendrites, with k-winners, learn ten robot tasks at once, and 100 ' +
      'permuted tasks in a row with little forgetting.',
    fails: 'The gate there is told the task; here it sees the input alone.',
    ideas: ['dendritic-gating'],
    checked: true,
  },
  {
    id: 'poirazi-2003',
    title: 'Pyramidal Neuron as Two-Layer Neural Network',
    authors: 'Poirazi, Brannon & Mel',
    year: 2003,
    venue: 'Neuron 37',
    identifier: null,
    claim: 'A neuron with its dendrites computes what a network of two layers does.',
    fails: 'Its learning rule is not that of gradients.',
    ideas: ['dendritic-gating'],
  },
];
