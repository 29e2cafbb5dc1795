import type { Work } from '../work.ts';

/** Works behind mixtures of experts. */
export const WORKS_ON_EXPERTS: readonly Work[] = [
  {
    id: 'shazeer-2017',
    title: 'Outrageously Large Neural Networks: The Sparsely-Gated Mixture-of-Experts Layer',
    authors: 'Shazeer, Mirhoseini, Maziarz, Davis, Le, Hinton & Dean',
    year: 2017,
    venue: 'ICLR 2017',
    identifier: 'arXiv 1701.06538',
    claim:
      'Of thousands of experts a gate chooses a few: over 1,000 times the capacity at little ' +
      'more computation.',
    fails: 'Without balance the gate sends everything to a few experts.',
    ideas: ['mixture-of-experts'],
    checked: true,
  },
  {
    id: 'jacobs-1991',
    title: 'Adaptive Mixtures of Local Experts',
    authors: 'Jacobs, Jordan, Nowlan & Hinton',
    year: 1991,
    venue: 'Neural Computation 3',
    identifier: null,
    claim: 'Experts that compete divide a task with parts among them.',
    fails: 'Where the task has no parts, one network does.',
    ideas: ['mixture-of-experts'],
  },
  {
    id: 'fedus-2021',
    title:
      'Switch Transformers: Scaling to Trillion Parameter Models with Simple and Efficient ' +
      'Sparsity',
    authors: 'Fedus, Zoph & Shazeer',
    year: 2021,
    venue: 'JMLR 23',
    identifier: 'arXiv 2101.03961',
    claim: 'One expert a token is enough, and trains up to seven times faster at the same cost.',
    fails: 'Sparse models are harder to fine-tune on small data.',
    ideas: ['mixture-of-experts'],
    checked: true,
  },
  {
    id: 'bengio-2013',
    title:
      'Estimating or Propagating Gradients Through Stochastic Neurons for Conditional Computation',
    authors: 'Bengio, Léonard & Courville',
    year: 2013,
    venue: 'arXiv',
    identifier: 'arXiv 1308.3432',
    claim: 'Gradients can be had through units that are on or off.',
    fails: 'They are biased or noisy.',
    ideas: ['mixture-of-experts', 'k-winners'],
    checked: true,
  },
];
