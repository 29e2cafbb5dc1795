import {
  CancellationTokenSource,
  LanguageModelChatMessage,
  LanguageModelChatToolMode,
  LanguageModelTextPart,
  LanguageModelToolCallPart,
  type CancellationToken,
  type LanguageModelChat,
  type LanguageModelChatRequestOptions,
} from 'vscode';
import { cancelledError, CortexError } from '../../../util/errors.ts';
import { Budget, type BudgetTerms } from '../../../propose/language/budget.ts';
import type {
  LanguageModel,
  ModelQuestion,
  ModelReply,
  Price,
} from '../../../ports/languageModel.ts';
import { hostModelFailedError } from './errors.ts';

const TOOL = 'cortex_propose_change';
const TIMEOUT_MS = 300_000;
/** Longer answers are cut here; they are refused where they are read. */
const LONGEST_ANSWER = 1_000_000;

/**
 * A model that VS Code offers: it answers by calling one private tool, whose input is validated
 * where answers are read. Made anew for each run: its cap is a run's.
 */
export class VscodeLanguageModel implements LanguageModel {
  readonly name: string;
  readonly price: Price | null;
  readonly #chat: LanguageModelChat;
  readonly #budget: Budget;

  /** Throws where a cap in money is set and the model's price is not known: VS Code tells none. */
  constructor(chat: LanguageModelChat, terms: Omit<BudgetTerms, 'model'>) {
    this.name = `vscode.lm:${chat.id}`;
    this.price = terms.price;
    this.#chat = chat;
    this.#budget = new Budget({ ...terms, model: chat.name });
  }

  async ask(question: ModelQuestion): Promise<ModelReply> {
    const cancellation = new CancellationTokenSource();
    const signal = AbortSignal.any([question.signal, AbortSignal.timeout(TIMEOUT_MS)]);
    const cancel = (): void => {
      cancellation.cancel();
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      return await this.#ask(question, cancellation.token);
    } catch (thrown) {
      if (question.signal.aborted) throw cancelledError('Asking the language model');
      if (thrown instanceof CortexError) throw thrown;
      const detail = signal.aborted ? `not within ${TIMEOUT_MS / 1000} s` : wordsOf(thrown);
      throw hostModelFailedError(this.name, detail);
    } finally {
      signal.removeEventListener('abort', cancel);
      cancellation.dispose();
    }
  }

  async #ask(question: ModelQuestion, token: CancellationToken): Promise<ModelReply> {
    const inputTokens = await this.#chat.countTokens(
      question.system + question.prompt + JSON.stringify(question.schema),
      token,
    );
    this.#budget.allow(inputTokens);
    const text = await this.#send(question, token).catch((thrown: unknown) => {
      this.#budget.spend(inputTokens, 0);
      throw thrown;
    });
    return {
      text,
      cost: this.#budget.spend(inputTokens, await this.#chat.countTokens(text, token)),
    };
  }

  async #send(question: ModelQuestion, token: CancellationToken): Promise<string> {
    // There is no system role: the instructions are the first message.
    const messages = [
      LanguageModelChatMessage.User(question.system),
      LanguageModelChatMessage.User(question.prompt),
    ];
    const response = await this.#chat.sendRequest(messages, requestOptions(question), token);
    const text = await collect(response.stream, question.onText);
    if (token.isCancellationRequested) throw new Error('cancelled');
    return text;
  }
}

function requestOptions({ schema }: ModelQuestion): LanguageModelChatRequestOptions {
  const tool = {
    name: TOOL,
    description: 'Hands over the one change you propose, or why none can help.',
    inputSchema: schemaOfInput(schema),
  };
  return {
    justification: 'Cortex asks for a reasoned change of your model.',
    tools: [tool],
    toolMode: LanguageModelChatToolMode.Required,
  };
}

/** Some providers refuse keywords about the schema itself. */
function schemaOfInput(schema: Readonly<Record<string, unknown>>): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema'));
}

/** The tool's input as text; the model's prose where it called no tool. */
async function collect(
  stream: AsyncIterable<unknown>,
  onText: (text: string) => void,
): Promise<string> {
  let prose = '';
  for await (const part of stream) {
    if (part instanceof LanguageModelToolCallPart && part.name === TOOL) {
      const answer = JSON.stringify(part.input);
      onText(answer);
      return answer;
    }
    if (!(part instanceof LanguageModelTextPart)) continue;
    prose += part.value;
    onText(prose);
    if (prose.length > LONGEST_ANSWER) break;
  }
  return prose;
}

const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).replace(/\s+/g, ' ').slice(0, 300);
