import type { Work } from '../work.ts';

/** Works behind decay and penalties. */
export const WORKS_ON_DECAY: readonly Work[] = [
  {
    id: 'loshchilov-2017',
    title: 'Decoupled Weight Decay Regularization',
    authors: 'Loshchilov & Hutter',
    year: 2017,
    venue: 'ICLR 2019',
    identifier: 'arXiv 1711.05101',
    claim: 'Decay apart from the gradient makes Adam generalise like SGD with momentum.',
    fails: 'The right decay depends on the length of the run.',
    ideas: ['adamw'],
    checked: true,
  },
  {
    id: 'chen-2023',
    title: 'Symbolic Discovery of Optimization Algorithms',
    authors: 'Chen et al.',
    year: 2023,
    venue: 'NeurIPS 2023',
    identifier: 'arXiv 2302.06675',
    claim:
      'Lion, found by search, gains up to 2 % accuracy of ViT on ImageNet and holds half of ' +
      'Adam’s state.',
    fails: 'The gain grows with the batch, and is small on small ones.',
    ideas: ['lion'],
    checked: true,
  },
  {
    id: 'hoerl-1970',
    title: 'Ridge Regression: Biased Estimation for Nonorthogonal Problems',
    authors: 'Hoerl & Kennard',
    year: 1970,
    venue: 'Technometrics 12',
    identifier: null,
    claim: 'A charge for squared weights lowers the error where inputs go together.',
    fails: 'Keeps every input.',
    ideas: ['add-l2'],
  },
  {
    id: 'zou-2005',
    title: 'Regularization and variable selection via the elastic net',
    authors: 'Zou & Hastie',
    year: 2005,
    venue: 'Journal of the Royal Statistical Society B 67',
    identifier: null,
    claim: 'Both charges together keep or drop inputs that go together as one.',
    fails: 'Two strengths have to be tuned.',
    ideas: ['add-l1', 'add-l2'],
  },
];
