import { throwIfAborted } from '../util/errors.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { openContext } from '../propose/operators/operatorContext.ts';
import type { Operator } from '../propose/operators/operator.ts';
import { OPERATORS } from '../propose/operators/operators.ts';
import { operatorsFor } from '../propose/operators/ownOperator.ts';
import { isSoundChange } from '../propose/operators/soundness.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Searcher, SearchState } from '../ports/searcher.ts';
import { askOperators, OFFLINE } from './askOperators.ts';
import { describeOffer, type Asked, type WrittenOffer } from './describeOffer.ts';
import { openNovelty, type Novelty } from './novelty.ts';
import type { Offer } from './rankCandidates.ts';
import { STRUCTURAL_FAMILIES } from './runBudget.ts';
import { readWish } from './wish.ts';
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
    const ranked = askOperators(context, state, operatorsFor(context, this.#operators)).filter(
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
      const written = this.#write(offer, round);
      if (written) found.push(describeOffer(offer, written, round, this.name));
    }
    return found;
  }

  /** Edit → source → architecture → is it sound, and new? `null` where any of these says no. */
  #write(
    { candidate }: Offer,
    { state: { study, model, architecture }, context, novelty }: AskedRound,
  ): WrittenOffer | null {
    if (novelty.hasTitle(candidate.title)) return null;
    const written = this.#syntax.write(model.text, architecture, candidate.edits);
    const read = written.ok
      ? this.#syntax.read(written.value, model.language, study.config)
      : written;
    if (!written.ok || !read.ok || !isSoundChange(context, read.value)) return null;
    const form = fingerprint(read.value);
    const variant = { sourceHash: this.#host.hash(written.value), fingerprint: form };
    if (novelty.hasVariant(variant)) return null;
    novelty.remember(variant);
    return { text: written.value, fingerprint: form };
  }
}

const isStructural = ({ operator }: Offer): boolean =>
  STRUCTURAL_FAMILIES.includes(operator.family);

/** One call of `ask`. */
interface AskedRound extends Asked {
  readonly state: SearchState;
  readonly count: number;
  readonly novelty: Novelty;
}
