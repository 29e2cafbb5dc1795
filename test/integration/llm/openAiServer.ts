import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One request as the server got it. */
export interface Received {
  readonly path: string;
  readonly authorization: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** System and user text together, whichever API it came by. */
  readonly text: string;
}

/** What the server does with a request. */
type Reaction =
  | {
      readonly kind: 'answer';
      readonly text: string;
      readonly usage?: { readonly input: number; readonly output: number } | null;
      readonly pieces?: number;
    }
  | {
      readonly kind: 'status';
      readonly status: number;
      readonly message: string;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** Writes the first half of an answer, then hangs up. */
  | { readonly kind: 'cut'; readonly text: string }
  /** Sends its headers and nothing more for so long. */
  | { readonly kind: 'slow'; readonly milliseconds: number };

export type Script = (request: Received, index: number) => Reaction;

/**
 * A real HTTP server that speaks Responses and Chat Completions as OpenAI streams them, and does
 * what `script` says.
 */
export async function openAiServer(script: Script): Promise<{
  readonly baseUrl: string;
  readonly received: Received[];
  readonly close: () => Promise<void>;
}> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void readRequest(request).then((read) => {
      received.push(read);
      return react(script(read, received.length - 1), read, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { baseUrl: `http://127.0.0.1:${port}/v1`, received, close };
}

async function readRequest(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
  const messages = (body['messages'] as { content: string }[] | undefined)?.map(
    ({ content }) => content,
  ) ?? [String(body['instructions']), String(body['input'])];
  return {
    path: request.url ?? '',
    authorization: request.headers.authorization ?? '',
    body,
    text: messages.join('\n'),
  };
}

async function react(
  reaction: Reaction,
  { path }: Received,
  response: ServerResponse,
): Promise<void> {
  if (reaction.kind === 'status') {
    response.writeHead(reaction.status, {
      'content-type': 'application/json',
      ...reaction.headers,
    });
    response.end(
      JSON.stringify({ error: { message: reaction.message, type: 'server', code: null } }),
    );
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (reaction.kind === 'slow') {
    response.flushHeaders();
    await wait(reaction.milliseconds);
    response.end();
    return;
  }
  const stream = path.endsWith('/responses') ? responsesStream(response) : chatStream(response);
  const pieces = split(reaction.text, reaction.kind === 'answer' ? (reaction.pieces ?? 5) : 4);
  for (const piece of reaction.kind === 'cut' ? pieces.slice(0, 2) : pieces) stream.delta(piece);
  if (reaction.kind === 'cut') {
    setImmediate(() => {
      response.destroy();
    });
    return;
  }
  stream.end(reaction.usage === undefined ? { input: 1000, output: 200 } : reaction.usage);
  response.end();
}

interface EventStream {
  readonly delta: (text: string) => void;
  readonly end: (usage: { readonly input: number; readonly output: number } | null) => void;
}

const split = (text: string, count: number): readonly string[] => {
  const size = Math.max(1, Math.ceil(text.length / count));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  );
};

function responsesStream(response: ServerResponse): EventStream {
  const send = (type: string, data: object): void => {
    response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`);
  };
  return {
    delta: (text) => {
      send('response.output_text.delta', {
        delta: text,
        item_id: 'm',
        output_index: 0,
        content_index: 0,
      });
    },
    end: (usage) => {
      send('response.completed', {
        response: {
          id: 'r',
          status: 'completed',
          output: [],
          ...(usage && {
            usage: {
              input_tokens: usage.input,
              output_tokens: usage.output,
              total_tokens: usage.input + usage.output,
            },
          }),
        },
      });
    },
  };
}

function chatStream(response: ServerResponse): EventStream {
  const send = (data: object): void => {
    response.write(
      'data: ' +
        `${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', ...data })}\n\n`,
    );
  };
  return {
    delta: (text) => {
      send({ choices: [{ index: 0, delta: { content: text }, finish_reason: null }] });
    },
    end: (usage) => {
      send({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] });
      if (usage)
        send({
          choices: [],
          usage: {
            prompt_tokens: usage.input,
            completion_tokens: usage.output,
            total_tokens: usage.input + usage.output,
          },
        });
      response.write('data: [DONE]\n\n');
    },
  };
}
