import type OpenAI from 'openai';
import type { ModelQuestion } from '../../ports/languageModel.ts';

/**
 * How tightly the server is asked to hold the answer to its form; each step down for servers that
 * refuse the one above.
 */
export type Form = 'schema' | 'json' | 'text';

/** One request, ready to be sent. */
export interface StreamRequest {
  readonly client: OpenAI;
  readonly model: string;
  readonly question: ModelQuestion;
  readonly form: Form;
  readonly maxOutput: number;
  /** OpenAI's own server has another name for the cap than its imitators. */
  readonly isOpenAi: boolean;
  readonly signal: AbortSignal;
}

/** A piece of the answer, or what the whole used. */
export type StreamPart =
  | { readonly text: string }
  | { readonly inputTokens: number; readonly outputTokens: number }
  | { readonly isEnd: true };

const NAME = 'proposal';

/** The answer through the Responses API. */
export async function* streamResponses({
  client,
  model,
  question,
  form,
  maxOutput,
  signal,
}: StreamRequest): AsyncGenerator<StreamPart> {
  const format = {
    schema: { type: 'json_schema' as const, ...formOf(question) },
    json: { type: 'json_object' as const },
    text: { type: 'text' as const },
  }[form];
  const stream = await client.responses.create(
    {
      model,
      instructions: question.system,
      input: question.prompt,
      max_output_tokens: maxOutput,
      store: false,
      stream: true,
      text: { format },
    },
    { signal },
  );
  for await (const event of stream) yield* partsOfEvent(event);
}

/** The answer through Chat Completions, which every compatible server has. */
export async function* streamChat({
  client,
  model,
  question,
  form,
  maxOutput,
  isOpenAi,
  signal,
}: StreamRequest): AsyncGenerator<StreamPart> {
  const stream = await client.chat.completions.create(
    {
      model,
      messages: [
        { role: 'system', content: question.system },
        { role: 'user', content: question.prompt },
      ],
      stream: true,
      ...(isOpenAi ? { max_completion_tokens: maxOutput } : { max_tokens: maxOutput }),
      ...CHAT_FORM[form](question),
    },
    { signal },
  );
  for await (const chunk of stream) yield* partsOfChunk(chunk);
}

const formOf = ({
  schema,
}: ModelQuestion): { name: string; schema: Record<string, unknown>; strict: false } => ({
  name: NAME,
  schema: { ...schema },
  strict: false,
});

/** The loosest form leaves out everything that an old server may not know. */
const CHAT_FORM = {
  schema: (question: ModelQuestion) => ({
    stream_options: { include_usage: true },
    response_format: { type: 'json_schema' as const, json_schema: formOf(question) },
  }),
  json: () => ({
    stream_options: { include_usage: true },
    response_format: { type: 'json_object' as const },
  }),
  text: () => ({}),
};

function* partsOfEvent(event: OpenAI.Responses.ResponseStreamEvent): Generator<StreamPart> {
  switch (event.type) {
    case 'response.output_text.delta':
      yield { text: event.delta };
      break;
    case 'response.completed':
    case 'response.incomplete':
      yield* ending(event.response.usage);
      break;
    case 'response.failed':
      throw new Error(event.response.error?.message ?? 'the answer failed');
    case 'error':
      throw new Error(event.message);
    default:
  }
}

function* ending(usage: OpenAI.Responses.ResponseUsage | undefined): Generator<StreamPart> {
  if (usage) yield { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens };
  yield { isEnd: true };
}

function* partsOfChunk({ choices, usage }: OpenAI.Chat.ChatCompletionChunk): Generator<StreamPart> {
  const [choice] = choices;
  if (choice?.delta.content) yield { text: choice.delta.content };
  if (usage) yield { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens };
  if (choice?.finish_reason) yield { isEnd: true };
}
