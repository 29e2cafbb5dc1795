import type { Work } from '../work.ts';

/** Works behind attention to and convolutions over steps. */
export const WORKS_ON_STEPS: readonly Work[] = [
  {
    id: 'luong-2015',
    title: 'Effective Approaches to Attention-based Neural Machine Translation',
    authors: 'Luong, Pham & Manning',
    year: 2015,
    venue: 'EMNLP 2015',
    identifier: 'arXiv 1508.04025',
    claim: 'Local and global attention gain up to 5.0 BLEU over systems without.',
    fails: 'Which score is best depends on the task.',
    ideas: ['attention-over-steps'],
    checked: true,
  },
  {
    id: 'lin-2017-embedding',
    title: 'A Structured Self-attentive Sentence Embedding',
    authors: 'Lin et al.',
    year: 2017,
    venue: 'ICLR 2017',
    identifier: 'arXiv 1703.03130',
    claim: 'Several learned means over the steps of an LSTM tell more than its last one.',
    fails: 'Short sentences need one.',
    ideas: ['attention-over-steps'],
    checked: true,
  },
  {
    id: 'kim-2014',
    title: 'Convolutional Neural Networks for Sentence Classification',
    authors: 'Kim',
    year: 2014,
    venue: 'EMNLP 2014',
    identifier: 'arXiv 1408.5882',
    claim: 'One layer of convolutions over word vectors is best on 4 of 7 tasks.',
    fails: 'Words far apart do not meet.',
    ideas: ['convolution-over-steps'],
    checked: true,
  },
  {
    id: 'bai-2018',
    title:
      'An Empirical Evaluation of Generic Convolutional and Recurrent Networks for Sequence ' +
      'Modeling',
    authors: 'Bai, Kolter & Koltun',
    year: 2018,
    venue: 'arXiv',
    identifier: 'arXiv 1803.01271',
    claim: 'Dilated causal convolutions beat LSTMs and GRUs on most of the usual tasks.',
    fails: 'What is remembered is bounded by their reach.',
    ideas: ['convolution-over-steps'],
    checked: true,
  },
];
