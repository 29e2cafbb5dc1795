import { WORKS } from '../propose/catalogue/works.ts';
import type { Work } from '../propose/catalogue/work.ts';
import type { HereIdea, ListedIdea } from './listIdeas.ts';

/** A work, and how much it has to say of a model. */
export interface RankedWork {
  readonly work: Work;
  /** Of the idea of it that is called for most, 0–1; 0 where none of them fits. */
  readonly need: number;
  readonly idea: string | null;
  /** What that idea would do. */
  readonly proposal: HereIdea | null;
}

/** The works behind the ideas, those first that a model's diagnosis calls for. */
export const rankWorks = (ideas: readonly ListedIdea[]): readonly RankedWork[] =>
  WORKS.map((work) => ranked(work, ideas)).toSorted((a, b) => b.need - a.need);

function ranked(work: Work, ideas: readonly ListedIdea[]): RankedWork {
  const [best] = ideas
    .filter(({ name }) => work.ideas.includes(name))
    .flatMap(({ name, here }) => here.slice(0, 1).map((proposal) => ({ name, proposal })))
    .toSorted((a, b) => b.proposal.need - a.proposal.need);
  return {
    work,
    need: best?.proposal.need ?? 0,
    idea: best?.name ?? null,
    proposal: best?.proposal ?? null,
  };
}
