import type { Work } from '../work.ts';

/** Works behind codes of place. */
export const WORKS_ON_PLACES: readonly Work[] = [
  {
    id: 'shaw-2018',
    title: 'Self-Attention with Relative Position Representations',
    authors: 'Shaw, Uszkoreit & Vaswani',
    year: 2018,
    venue: 'NAACL 2018',
    identifier: 'arXiv 1803.02155',
    claim:
      'Telling how far apart steps are beats telling where they stand by 1.3 BLEU (English to ' +
      'German).',
    fails: 'Costs memory for each pair.',
    ideas: ['position-codes'],
    checked: true,
  },
  {
    id: 'su-2021',
    title: 'RoFormer: Enhanced Transformer with Rotary Position Embedding',
    authors: 'Su et al.',
    year: 2021,
    venue: 'Neurocomputing 568',
    identifier: 'arXiv 2104.09864',
    claim: 'Turning queries and keys by their place encodes distance at no weight.',
    fails: 'Beyond the lengths seen it fails.',
    ideas: ['position-codes'],
    checked: true,
  },
  {
    id: 'gehring-2017',
    title: 'Convolutional Sequence to Sequence Learning',
    authors: 'Gehring, Auli, Grangier, Yarats & Dauphin',
    year: 2017,
    venue: 'ICML 2017',
    identifier: 'arXiv 1705.03122',
    claim: 'Convolutions with codes of place translate better than LSTMs, and many times faster.',
    fails: 'Depth has to grow with the length.',
    ideas: ['position-codes', 'convolution-over-steps'],
    checked: true,
  },
];
