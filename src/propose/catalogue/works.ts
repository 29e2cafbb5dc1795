import { FURTHER_WORKS } from './further/furtherWorks.ts';
import type { Work } from './work.ts';
import { WORKS_ON_LOSSES } from './worksOnLosses.ts';
import { WORKS_ON_STRUCTURE } from './worksOnStructure.ts';
import { WORKS_ON_TRAINING } from './worksOnTraining.ts';

/** Every work there is a record of; no other is ever cited. */
export const WORKS: readonly Work[] = [
  ...WORKS_ON_STRUCTURE,
  ...WORKS_ON_TRAINING,
  ...WORKS_ON_LOSSES,
  ...FURTHER_WORKS,
];

/** The works behind an idea. */
export const worksBehind = (idea: string): readonly Work[] =>
  WORKS.filter(({ ideas }) => ideas.includes(idea));

/** `He, Zhang, Ren & Sun, Deep Residual Learning …, CVPR 2016 (arXiv 1512.03385)`. */
export const citation = ({ authors, title, venue, year, identifier }: Work): string => {
  const where = /\b\d{4}\b/.test(venue) ? venue : `${venue}, ${year}`;
  const place = venue === 'arXiv' ? String(year) : where;
  return `${authors}, ${title}, ${place}${identifier === null ? '' : ` (${identifier})`}`;
};
