import type { Failure } from '../record/trial.ts';
import { CortexError } from '../util/errors.ts';
import { fingerprint } from '../model/fingerprint.ts';
import { openContext } from './operators/operatorContext.ts';
import { usualLoss } from './operators/training.ts';
import type { LanguageModel, ModelReply } from '../ports/languageModel.ts';
import type { ModelSyntax } from '../ports/modelSyntax.ts';
import type {
  Searcher,
  SearchState,
  RepairAnswer,
  RepairRequest,
  RequestEstimate,
} from '../ports/searcher.ts';
import { refuse, type Result } from '../util/result.ts';
import { answerJsonSchema, type Answer } from './answer/answer.ts';
import { applyAnswer, type AnswerBase } from './answer/applyAnswer.ts';
import { readAnswer } from './answer/readAnswer.ts';
import { unknownCitations, withoutStrangers } from './citations.ts';
import { inconsistencies } from './consistency.ts';
import type { Proposal } from '../study/proposal.ts';
import { buildPrompt, type Prompt, type PromptParts } from './prompt/buildPrompt.ts';
import { estimateTokens } from './prompt/quote.ts';
import { repairQuestion } from './prompt/repairPrompt.ts';
import {
  failure,
  unusable,
  kindOf,
  absences,
  unanswered,
  FREE,
  type Content,
  type Applied,
} from './failures.ts';

/** What the proposer needs beside a model. */
interface LanguageHost {
  readonly syntax: ModelSyntax;
  /** SHA-256 of a text, in hex: what `AttemptSummary.sourceHash` is made with. */
  readonly hash: (text: string) => string;
  /** The answer as it is written. */
  readonly onText: (text: string) => void;
}

/** A question under way: what it was made of, and what it has come to. */
interface Thread {
  readonly state: SearchState;
  readonly candidates: readonly Proposal[];
  /** Proposed in the same breath: none of them is to come again. */
  readonly earlier: readonly Proposal[];
  readonly prompt: Prompt;
  readonly exchanges: NonNullable<Proposal['exchanges']>;
}

/**
 * Asks a language model for a reasoned edit and holds it to its word. An answer that cannot be read
 * or applied, or repeats what was tried, comes back as a proposal with a refusal: it can be
 * repaired, and it is recorded.
 */
export class LanguageProposer implements Searcher {
  readonly name: string;
  readonly #model: LanguageModel;
  readonly #host: LanguageHost;
  /**
   * By what was said so far: a proposal may be copied on its way, its exchanges stay the same list.
   */
  readonly #threads = new WeakMap<Thread['exchanges'], Thread>();

  constructor(model: LanguageModel, host: LanguageHost) {
    this.name = model.name;
    this.#model = model;
    this.#host = host;
  }

  /**
   * As many as `count` says, each by a request of its own that names those before it. `candidates`
   * are offered to the model with their statistics.
   */
  async ask(
    state: SearchState,
    count: number,
    candidates: readonly Proposal[] = [],
  ): Promise<readonly Proposal[]> {
    await this.#host.syntax.load(state.model.language);
    const recent = (await state.recent?.()) ?? [];
    const proposals: Proposal[] = [];
    while (proposals.length < count) {
      const proposal = await this.#proposeOne({
        state,
        recent,
        candidates,
        earlier: proposals,
      }).catch((error: unknown) => {
        // What was answered was paid for: a failure later on takes nothing away.
        if (proposals.length === 0 || !(error instanceof CortexError) || error.kind === 'cancelled')
          throw error;
        return null;
      });
      if (!proposal) break;
      proposals.push(proposal);
    }
    return proposals;
  }

  async #proposeOne({
    state,
    ...parts
  }: Omit<PromptParts, 'request'> & Pick<Thread, 'state'>): Promise<Proposal> {
    const { candidates, earlier } = parts;
    const thread: Thread = {
      state,
      candidates,
      earlier,
      prompt: buildPrompt({ request: state, ...parts }),
      exchanges: [],
    };
    const reply = await this.#send(thread.prompt.question, thread);
    return this.#proposalOf(reply, thread, thread.prompt.question);
  }

  async estimate(state: SearchState, count: number): Promise<RequestEstimate> {
    const recent = (await state.recent?.()) ?? [];
    const { system, question } = buildPrompt({
      request: state,
      recent,
      candidates: [],
      earlier: [],
    });
    const inputTokens = estimateTokens(system + question + JSON.stringify(answerJsonSchema()));
    return {
      model: this.name,
      inputTokens,
      outputTokens: ANSWER_TOKENS,
      price: this.#model.price ?? null,
      share: count,
    };
  }

  async repair({ proposal, failure, earlier, state }: RepairRequest): Promise<RepairAnswer | null> {
    const thread = proposal.exchanges && this.#threads.get(proposal.exchanges);
    if (!thread) return null;
    const question = repairQuestion(thread.prompt.question, {
      answer: thread.exchanges.at(-1)?.answer ?? '',
      text: proposal.refusal ? null : proposal.text,
      failure,
      earlier,
    });
    const reply = await this.#send(question, { ...thread, state });
    const read = readAnswer(reply.text);
    if (read.ok && read.value.kind === 'cannot-mend')
      return {
        kind: 'cannot-mend',
        answer: `Cannot be mended here: ${read.value.why}`,
        cost: reply.cost,
        exchanges: this.#exchangesAfter(reply, thread, question),
      };
    const corrected = this.#proposalOf(reply, thread, question);
    return {
      kind: 'corrected',
      proposal: corrected,
      answer: corrected.refusal
        ? `An answer that was no use: ${corrected.refusal.message}`
        : corrected.title,
      cost: reply.cost,
    };
  }

  #send(prompt: string, { prompt: { system }, state: { signal } }: Thread): Promise<ModelReply> {
    return this.#model.ask({
      system,
      prompt,
      schema: answerJsonSchema(),
      signal,
      onText: this.#host.onText,
    });
  }

  #proposalOf(reply: ModelReply, thread: Thread, question: string): Proposal {
    const { state } = thread;
    const exchanges = this.#exchangesAfter(reply, thread, question);
    const proposal: Proposal = {
      ...this.#read(reply.text, thread),
      proposer: this.name,
      base: state.model.text,
      cost: reply.cost,
      exchanges,
    };
    this.#threads.set(exchanges, { ...thread, exchanges });
    return proposal;
  }

  #exchangesAfter(reply: ModelReply, { exchanges }: Thread, question: string): Thread['exchanges'] {
    return [...exchanges, { model: this.#model.name, prompt: question, answer: reply.text }];
  }

  #read(text: string, { state, candidates, earlier }: Thread): Content {
    const read = readAnswer(text);
    if (!read.ok) return unusable(state, read.error);
    if (read.value.kind === 'cannot-mend')
      return unusable(state, `The model proposed nothing: ${read.value.why}`);
    const { answer } = read.value;
    const base: AnswerBase = {
      model: state.model,
      architecture: state.architecture,
      candidates,
      usualLoss: usualLoss(openContext(state)),
    };
    const applied = applyAnswer(answer, base, this.#host.syntax);
    const novel = applied.ok ? this.#refuseRepeat(applied, state, earlier) : applied;
    if (!novel.ok)
      return {
        ...described(answer),
        ...FREE,
        text: state.model.text,
        fingerprint: null,
        refusal: novel.error,
      };
    const { architecture } = novel.value;
    const mismatches = [
      ...inconsistencies(answer, state.architecture, architecture),
      ...unknownCitations(answer.reasoning),
    ];
    return {
      ...described(answer),
      ...kindOf(answer, { base, changed: novel.value }),
      text: novel.value.text,
      fingerprint: fingerprint(architecture),
      warnings: [...mismatches, ...absences(answer), ...unanswered(answer, state.focus ?? null)],
      mismatches: mismatches.length,
    };
  }

  #refuseRepeat(
    applied: Applied,
    { history, model, architecture }: SearchState,
    earlier: readonly Proposal[],
  ): Result<Applied['value'], Failure> {
    const [source, form] = [
      this.#host.hash(applied.value.text),
      fingerprint(applied.value.architecture),
    ];
    const before = history.find(
      (attempt) => attempt.sourceHash === source || attempt.fingerprint === form,
    );
    if (before)
      return refuse(
        failure(
          `The same architecture was tried as attempt #${before.number} (${before.title}: ` +
            `${before.verdict}).`,
        ),
      );
    const twin = earlier.find(
      (proposal) => proposal.text === applied.value.text || proposal.fingerprint === form,
    );
    if (twin) return refuse(failure(`The same architecture was just proposed: ${twin.title}.`));
    const isSame = applied.value.text === model.text || form === fingerprint(architecture);
    return isSame ? refuse(failure('The change builds the same architecture as before.')) : applied;
  }
}

/**
 * What an answer usually comes to: its reasoning and a few edits; models that think at length use
 * more.
 */
const ANSWER_TOKENS = 800;

const described = (
  answer: Answer,
): Pick<
  Proposal,
  'title' | 'reasoning' | 'evidence' | 'expectedEffect' | 'confidence' | 'searchSpace'
> => ({
  title: answer.title,
  reasoning: withoutStrangers(answer.reasoning),
  evidence: answer.evidence,
  expectedEffect: answer.expectedEffect,
  confidence: answer.confidence,
  ...(answer.searchSpace.length > 0 && { searchSpace: answer.searchSpace }),
});
