import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type { Searcher, SearchState } from '../ports/searcher.ts';
import { openContext, type OperatorContext } from '../propose/operators/operatorContext.ts';
import { fingerprint } from '../model/fingerprint.ts';
import type { Proposal } from '../study/proposal.ts';
import { throwIfAborted } from '../util/errors.ts';
import { OFFLINE } from './askOperators.ts';
import { openNovelty, type Novelty } from './novelty.ts';
import type { Configuration } from './space/dimension.ts';
import { readSpace, type BuilderSpace } from './space/readSpace.ts';
import { Realiser } from './space/realiser.ts';
import { changesText } from './sweep/describeValues.ts';
import { portfolio } from './sweep/portfolio.ts';

/** The operator of a proposal that combines several changes and numbers. */
const COMBINATION = 'combination';

/** Configurations looked at for one that is new; a space may be small. */
const MOST_TRIES = 200;

interface Host {
  readonly yieldNow: () => Promise<void>;
  readonly hash: (text: string) => string;
}

/**
 * Asks another searcher, and where that has nothing left goes on by itself: pairs of changes and
 * numbers between the operators' steps. A stalled search that wants a structural move is not its
 * business, nor is a wish.
 */
export class CombiningSearcher implements Searcher {
  readonly name = OFFLINE;
  readonly #operators: Searcher;
  readonly #syntax: ModelSyntax;
  readonly #host: Host;

  constructor(operators: Searcher, syntax: ModelSyntax, host: Host) {
    this.#operators = operators;
    this.#syntax = syntax;
    this.#host = host;
  }

  async ask(state: SearchState, count: number): Promise<readonly Proposal[]> {
    const offered = await this.#operators.ask(state, count);
    const isOwn =
      (state.structural ?? false) || state.wish !== null || (state.focus ?? null) !== null;
    return offered.length > 0 || isOwn ? offered : this.#combine(state, count);
  }

  async #combine(state: SearchState, count: number): Promise<readonly Proposal[]> {
    const context = openContext(state);
    const builder = readSpace(context, null);
    const realiser = new Realiser(state, builder, this.#syntax);
    const novelty = openNovelty(state, {
      sourceHash: this.#host.hash(state.model.text),
      fingerprint: fingerprint(state.architecture),
    });
    const found: Proposal[] = [];
    for (const values of configurations(builder, context, state)) {
      if (found.length >= count) break;
      await this.#host.yieldNow();
      throwIfAborted(state.signal, 'The search for a proposal');
      const proposal = this.#proposal(values, { state, builder, realiser, novelty });
      if (proposal) found.push(proposal);
    }
    return found;
  }

  #proposal(values: Configuration, { state, builder, realiser, novelty }: Asked): Proposal | null {
    const changes = changesText(builder.space, values);
    const title = changes.join(', ');
    if (changes.length === 0 || novelty.hasTitle(title)) return null;
    const realised = realiser.realise(values);
    if ('unfit' in realised) return null;
    const variant = { ...realised, sourceHash: this.#host.hash(realised.text) };
    if (novelty.hasVariant(variant)) return null;
    novelty.remember(variant);
    return {
      title,
      operator: COMBINATION,
      family: 'search',
      reasoning:
        'No single change is left to try, so several are tried together, or a number between the ' +
        `steps that were tried: ${title}.`,
      evidence: [],
      expectedEffect: null,
      confidence: null,
      proposer: this.name,
      base: state.model.text,
      text: realised.text,
      fingerprint: realised.fingerprint,
      cost: null,
    };
  }
}

interface Asked {
  readonly state: SearchState;
  readonly builder: BuilderSpace;
  readonly realiser: Realiser;
  readonly novelty: Novelty;
}

/** What has helped small networks most often, then steps away from the model as it is. */
function* configurations(
  { space }: BuilderSpace,
  context: OperatorContext,
  { random }: SearchState,
): Iterable<Configuration> {
  yield* portfolio({ space, marks: [] }, context);
  if (space.size <= 1) return;
  for (let tries = 0; tries < MOST_TRIES; tries += 1)
    yield space.neighbour(space.neighbour(space.start, random), random);
}
