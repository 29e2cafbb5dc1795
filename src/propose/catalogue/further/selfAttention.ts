import type { Work } from '../work.ts';

/** Works behind attention among steps. */
export const WORKS_ON_SELF_ATTENTION: readonly Work[] = [
  {
    id: 'vaswani-2017',
    title: 'Attention Is All You Need',
    authors: 'Vaswani et al.',
    year: 2017,
    venue: 'NIPS 2017',
    identifier: 'arXiv 1706.03762',
    claim:
      'Attention alone, without recurrence, reaches 28.4 BLEU from English to German (WMT 2014).',
    fails: 'Costs the square of the steps; few rows do not feed it.',
    ideas: ['self-attention', 'position-codes'],
    checked: true,
  },
  {
    id: 'beltagy-2020',
    title: 'Longformer: The Long-Document Transformer',
    authors: 'Beltagy, Peters & Cohan',
    year: 2020,
    venue: 'arXiv',
    identifier: 'arXiv 2004.05150',
    claim:
      'Attention to near steps alone grows in proportion to the length, and is enough for most ' +
      'layers.',
    fails: 'Far steps need a few that see all.',
    ideas: ['self-attention'],
    checked: true,
  },
  {
    id: 'katharopoulos-2020',
    title: 'Transformers are RNNs: Fast Autoregressive Transformers with Linear Attention',
    authors: 'Katharopoulos, Vyas, Pappas & Fleuret',
    year: 2020,
    venue: 'ICML 2020',
    identifier: 'arXiv 2006.16236',
    claim:
      'Attention by features of queries and keys is linear in the steps, up to 4,000 times ' +
      'faster on long ones.',
    fails: 'Less sharp than a softmax.',
    ideas: ['self-attention', 'fast-weights'],
    checked: true,
  },
  {
    id: 'dosovitskiy-2020',
    title: 'An Image is Worth 16x16 Words: Transformers for Image Recognition at Scale',
    authors: 'Dosovitskiy et al.',
    year: 2020,
    venue: 'ICLR 2021',
    identifier: 'arXiv 2010.11929',
    claim:
      'Attention over patches is level with convolutions, pretrained on 14 to 300 million ' +
      'pictures.',
    fails: 'On less data convolutions are better.',
    ideas: ['self-attention'],
    checked: true,
  },
];
