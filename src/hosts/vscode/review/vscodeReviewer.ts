import type { Basis } from '../../../review/basis.ts';
import type { Proposal } from '../../../study/proposal.ts';
import type { Reviewer } from '../../../ports/reviewer.ts';
import type { ReviewOutcome } from '../../../review/reviewOutcome.ts';
import { acceptEverything } from '../../../loop/acceptEverything.ts';
import type { Runs } from '../run/runs.ts';
import type { Reviews } from './reviews.ts';

/** Decides on proposals in the editor; the Think Loop's runs accept them without asking. */
export class VscodeReviewer implements Reviewer {
  readonly #runs: Runs;
  readonly #reviews: Reviews;

  constructor(runs: Runs, reviews: Reviews) {
    this.#runs = runs;
    this.#reviews = reviews;
  }

  async review(
    proposal: Proposal,
    signal: AbortSignal,
    basis: Basis | null,
  ): Promise<ReviewOutcome> {
    const run = this.#runs.current;
    if (!run) return { kind: 'dismissed' };
    return run.automatic
      ? acceptEverything.review(proposal, signal, basis)
      : this.#reviews.review({ study: run.study, proposal, basis }, signal);
  }
}
