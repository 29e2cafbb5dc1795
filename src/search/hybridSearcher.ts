import { isContender } from '../record/kinds.ts';
import { BUDGET_SPENT, CortexError, REPLAY_MISSING } from '../util/errors.ts';
import type { AttemptSummary } from '../record/attemptSummary.ts';
import type {
  Searcher,
  SearchResult,
  SearchState,
  RepairAnswer,
  RepairRequest,
  RequestEstimate,
} from '../ports/searcher.ts';
import { earnedShare } from './earnedShare.ts';
import type { LanguageProposer } from '../propose/languageProposer.ts';
import type { Proposal } from '../study/proposal.ts';

/**
 * The share of rounds that go to the language model; a mixture of about this beat both alone in
 * public comparisons (autoresearch-automl).
 */
const MODEL_SHARE = 0.3;

/** What they add to a question, at most. */
const CANDIDATE_TOKENS = 500;

/** How many of the offline engine's candidates the model is shown. */
export const CANDIDATES = 5;

/**
 * Operators and a language model together. In its share of the rounds the model is handed the
 * operators' candidates and chooses, changes or adds; the other rounds are the operators' own.
 * Where the model cannot be asked, they take the round and say why.
 */
export class HybridSearcher implements Searcher {
  readonly name = 'hybrid';
  readonly #offline: Searcher;
  readonly #language: LanguageProposer;
  readonly #share: number;

  constructor(offline: Searcher, language: LanguageProposer, share: number = MODEL_SHARE) {
    this.#offline = offline;
    this.#language = language;
    this.#share = share;
  }

  async ask(state: SearchState, count: number): Promise<readonly Proposal[]> {
    if (!this.#isModelsTurn(state)) {
      const own = await this.#offline.ask(state, count);
      return own.length > 0 ? own : this.#language.ask(state, count);
    }
    const candidates = await this.#offline.ask(state, Math.max(CANDIDATES, count));
    return this.#askModel(state, count, candidates);
  }

  tell(results: readonly SearchResult[]): void {
    this.#offline.tell?.(results);
  }

  repair(request: RepairRequest): Promise<RepairAnswer | null> {
    return this.#language.repair(request);
  }

  async estimate(state: SearchState, count: number): Promise<RequestEstimate> {
    const alone = await this.#language.estimate(state, this.#modelsPart(count));
    return {
      ...alone,
      inputTokens: alone.inputTokens + CANDIDATE_TOKENS,
      share: alone.share * this.#earned(state.history),
    };
  }

  /** How many of a round's proposals the model is asked for when it is its turn. */
  #modelsPart(count: number): number {
    return Math.max(1, Math.ceil(count * this.#share));
  }

  async #askModel(
    state: SearchState,
    count: number,
    candidates: readonly Proposal[],
  ): Promise<readonly Proposal[]> {
    try {
      const proposals = await this.#language.ask(state, this.#modelsPart(count), candidates);
      return [...proposals, ...candidates].slice(0, count);
    } catch (error) {
      const why = reasonOf(error);
      return candidates.slice(0, count).map((proposal) => ({
        ...proposal,
        warnings: [
          `The language model could not be asked, so this is the offline engine's: ${why}`,
        ],
      }));
    }
  }

  #earned(history: readonly AttemptSummary[]): number {
    return earnedShare(
      this.#share,
      { model: this.#language.name, engine: this.#offline.name },
      history,
    );
  }

  /**
   * Whenever the model's part of the rounds so far has fallen below the share it has earned, the
   * first round first.
   */
  #isModelsTurn({ history }: SearchState): boolean {
    const made = history.filter(
      (attempt) => isContender(attempt) && attempt.verdict !== 'baseline',
    );
    const models = made.filter(({ proposer }) => proposer === this.#language.name);
    return models.length < this.#earned(history) * (made.length + 1);
  }
}

/**
 * Nobody may stand in for the model: a spent budget ends a run with any proposer, and a replay is
 * of what was said.
 */
const FINAL: readonly string[] = [BUDGET_SPENT, REPLAY_MISSING];

/** Cancelling is no reason to go on, nor is a defect. */
function reasonOf(error: unknown): string {
  if (
    !(error instanceof CortexError) ||
    error.kind === 'cancelled' ||
    error.kind === 'defect' ||
    FINAL.includes(error.code)
  )
    throw error;
  return error.happened;
}
