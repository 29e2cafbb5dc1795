import { throwIfAborted } from '../util/errors.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { openContext, type OperatorContext } from '../propose/operators/operatorContext.ts';
import type { Operator } from '../propose/operators/operator.ts';
import { OPERATORS } from '../propose/operators/operators.ts';
import { isSoundChange } from '../propose/operators/soundness.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Searcher, SearchState } from '../ports/searcher.ts';
import { askOperators, OFFLINE } from './askOperators.ts';
import { describeFocus } from './focus.ts';
import { openNovelty, type Novelty } from './novelty.ts';
import type { Offer } from './rankCandidates.ts';
import { STRUCTURAL_FAMILIES } from './runBudget.ts';
import { describeWish, readWish, type Wish } from './wish.ts';
import type { Proposal } from '../study/proposal.ts';

/** What the searcher needs from its host. */
interface OfflineHost {
  /** Lets the host do other work; called between steps, each well under 50 ms. */
  readonly yieldNow: () => Promise<void>;
  /** SHA-256 of a text, in hex: what `AttemptSummary.sourceHash` is made with. */
  readonly hash: (text: string) => string;
}

/**
 * Proposes typed edits by diagnosis and track record, without a network: ranked first, turned into
 * source one by one until enough are new.
 */
export class OperatorSearcher implements Searcher {
  readonly name = OFFLINE;
  readonly #syntax: ModelSyntax;
  readonly #host: OfflineHost;
  readonly #operators: readonly Operator[];

  constructor(syntax: ModelSyntax, host: OfflineHost, operators: readonly Operator[] = OPERATORS) {
    this.#syntax = syntax;
    this.#host = host;
    this.#operators = operators;
  }

  async ask(state: SearchState, count: number): Promise<readonly Proposal[]> {
    await this.#syntax.load(state.model.language);
    const context = openContext(state);
    const wish = readWish(state.wish);
    const round: AskedRound = { state, count, context, wish, novelty: this.#openNovelty(state) };
    const ranked = askOperators(context, state, this.#operators).filter(
      (offer) => wish.allows(offer) && (!state.structural || isStructural(offer)),
    );
    const wished = await this.#realize(
      ranked.filter((offer) => wish.wants(offer)),
      round,
    );
    return wished.length > 0
      ? wished
      : this.#realize(
          ranked.filter((offer) => !wish.wants(offer)),
          round,
        );
  }

  #openNovelty(state: SearchState): Novelty {
    return openNovelty(state, {
      sourceHash: this.#host.hash(state.model.text),
      fingerprint: fingerprint(state.architecture),
    });
  }

  async #realize(offers: readonly Offer[], round: AskedRound): Promise<readonly Proposal[]> {
    const found: Proposal[] = [];
    for (const offer of offers) {
      if (found.length >= round.count) break;
      await this.#host.yieldNow();
      throwIfAborted(round.state.signal, 'The search for a proposal');
      const proposal = this.#proposalOf(offer, round);
      if (proposal) found.push(proposal);
    }
    return found;
  }

  /** Edit → source → architecture → is it sound, and new? `null` where any of these says no. */
  #proposalOf(offer: Offer, { state, context, wish, novelty }: AskedRound): Proposal | null {
    const { candidate, operator } = offer;
    if (novelty.hasTitle(candidate.title)) return null;
    const { text: base, language } = state.model;
    const written = this.#syntax.write(base, state.architecture, candidate.edits);
    const read = written.ok
      ? this.#syntax.read(written.value, language, state.study.config)
      : written;
    if (!written.ok || !read.ok || !isSoundChange(context, read.value)) return null;
    const variant = {
      sourceHash: this.#host.hash(written.value),
      fingerprint: fingerprint(read.value),
    };
    if (novelty.hasVariant(variant)) return null;
    novelty.remember(variant);
    const { title, evidence, expectedEffect, confidence } = candidate;
    const reasoning = [
      candidate.reason,
      describeWish(wish, offer),
      describeFocus(context, offer),
      state.structural ? STALLED : '',
    ]
      .filter((text) => text !== '')
      .join(' ');
    return {
      title,
      operator: operator.name,
      family: operator.family,
      reasoning,
      evidence,
      expectedEffect,
      confidence,
      proposer: this.name,
      base,
      text: written.value,
      fingerprint: variant.fingerprint,
      cost: null,
    };
  }
}

const isStructural = ({ operator }: Offer): boolean =>
  STRUCTURAL_FAMILIES.includes(operator.family);

const STALLED = 'The search has stalled, so only structural moves were considered.';

/** One call of `ask`. */
interface AskedRound {
  readonly state: SearchState;
  readonly count: number;
  readonly context: OperatorContext;
  readonly wish: Wish;
  readonly novelty: Novelty;
}
