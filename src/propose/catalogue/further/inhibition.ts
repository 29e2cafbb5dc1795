import type { Work } from '../work.ts';

/** Works behind units that hold each other down. */
export const WORKS_ON_INHIBITION: readonly Work[] = [
  {
    id: 'carandini-2012',
    title: 'Normalization as a canonical neural computation',
    authors: 'Carandini & Heeger',
    year: 2012,
    venue: 'Nature Reviews Neuroscience 13',
    identifier: null,
    claim: 'Responses divided by the activity of many neurons are found throughout the brain.',
    fails: 'What it does for a trained network is another matter.',
    ideas: ['lateral-inhibition'],
  },
  {
    id: 'hartline-1957',
    title: 'Inhibitory interaction of receptor units in the eye of Limulus',
    authors: 'Hartline & Ratliff',
    year: 1957,
    venue: 'Journal of General Physiology 40',
    identifier: null,
    claim:
      'Neighbouring receptors hold each other down in proportion to their activity, which ' +
      'sharpens edges.',
    fails: 'It describes an eye, not learning.',
    ideas: ['lateral-inhibition'],
  },
  {
    id: 'ren-2016',
    title: 'Normalizing the Normalizers: Comparing and Extending Network Normalization Schemes',
    authors: 'Ren, Liao, Urtasun, Sinz & Zemel',
    year: 2016,
    venue: 'ICLR 2017',
    identifier: 'arXiv 1611.04520',
    claim:
      'Divisive normalisation, with a smoother and a penalty, is level with or better than ' +
      'batch and layer normalisation.',
    fails: 'Needs its smoother tuned.',
    ideas: ['lateral-inhibition'],
    checked: true,
  },
];
